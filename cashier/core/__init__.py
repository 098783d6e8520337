"""The pure till: values of the trade, the receipt and the machines. Nothing here reads a disk, a clock or a network."""
