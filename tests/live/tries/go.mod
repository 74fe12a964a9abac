module tries

go 1.18
