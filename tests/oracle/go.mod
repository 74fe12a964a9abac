module hmapview/oracle

go 1.19
