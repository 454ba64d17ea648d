package dev.reckoner.app.command;

import dev.reckoner.config.Discount;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.ToolPrice;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Line;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Where each rate of a charge comes from: the rows, discounts and prices of server tools that its lines name. */
final class RateOrigins {
    private static final Pattern JOINED = Pattern.compile(RateTable.VERSIONS_JOINED_BY, Pattern.LITERAL);

    private final Map<String, String> origins = new HashMap<>();

    RateOrigins(RateTable rates) {
        rates.rates().forEach(rate -> origins.putIfAbsent(rate.version(), row(rate)));
        rates.discounts().forEach(discount -> origins.putIfAbsent(discount.version(), row(discount)));
        rates.toolPrices().forEach(price -> origins.putIfAbsent(price.version(), row(price)));
    }

    /** What priced the lines, each once, in their order. */
    List<String> of(Charge charge) {
        return versions(charge).stream()
                .flatMap(version -> Arrays.stream(JOINED.split(version, -1)))
                .distinct()
                .map(this::of)
                .toList();
    }

    /** The row, discount or price of that version. */
    String of(String version) {
        return "version " + version + ", " + origins.getOrDefault(version, "no row of today's rate table");
    }

    /** The versions as the lines name them. */
    static Set<String> versions(Charge charge) {
        Set<String> versions = new LinkedHashSet<>();
        for (Line line : charge.lines()) {
            if (line.rateVersion() != null) {
                versions.add(line.rateVersion());
            }
        }
        return versions;
    }

    private static String row(Rate rate) {
        StringJoiner row = new StringJoiner(", ").add(rate.origin());
        row.add(rate.model() + " " + Names.of(rate.speed()) + " " + Names.of(rate.promptTier()));
        row.add("from " + RateWords.from(rate.from()));
        said(row, "confidence ", rate.confidence());
        return sourced(row, rate.sources(), rate.note());
    }

    private static String row(Discount discount) {
        StringJoiner row = new StringJoiner(", ").add(discount.origin());
        boolean all = discount.target().equals(Discount.EVERYTHING);
        row.add("discount × " + RateWords.price(discount.factor()) + " on " + (all ? "everything" : discount.target()));
        row.add("from " + RateWords.from(discount.from()));
        return sourced(row, discount.sources(), discount.note());
    }

    private static String row(ToolPrice price) {
        StringJoiner row = new StringJoiner(", ").add(price.origin());
        row.add("server tool " + price.tool());
        row.add("from " + RateWords.from(price.from()));
        return sourced(row, price.sources(), price.note());
    }

    private static String sourced(StringJoiner row, String sources, String note) {
        said(row, "sources: ", sources);
        said(row, "note: ", note);
        return row.toString();
    }

    private static void said(StringJoiner row, String name, String value) {
        if (!value.isEmpty()) {
            row.add(name + value);
        }
    }
}
