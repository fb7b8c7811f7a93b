"""Policy packs (政策数据包): the data of a region, without programs; ``catalogue`` reads them."""
