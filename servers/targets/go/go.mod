module shedlab-go

go 1.19
