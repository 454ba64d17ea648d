package dev.reckoner.ledger;

import java.util.List;

/**
 * What a difference to the vendor's bill is explained by.
 *
 * @param lines sums over lines
 * @param lostKeys keys of exchanges that were in flight at a crash and of whose usage nothing is known
 */
public record Details(List<LineDetail> lines, List<String> lostKeys) {

    public Details {
        lines = List.copyOf(lines);
        lostKeys = List.copyOf(lostKeys);
    }
}
