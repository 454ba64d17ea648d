package dev.reckoner.config;

import java.util.ArrayList;
import java.util.List;

/** What one rate file says, in its order. */
record RateLayer(List<Rate> rates, List<Discount> discounts, List<ToolPrice> tools) {

    /** An empty one, to be filled. */
    RateLayer() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
}
