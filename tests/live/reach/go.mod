module reach

go 1.18
