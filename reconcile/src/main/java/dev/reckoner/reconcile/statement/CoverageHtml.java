package dev.reckoner.reconcile.statement;

import dev.reckoner.reconcile.Coverage;
import dev.reckoner.reconcile.Passed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Coverage on paper: a sentence, the keys that bypass the proxy, and a table for each way to look at it. */
public final class CoverageHtml {

    private static final String NONE = "";

    private CoverageHtml() {}

    /** Coverage as a sentence. */
    public static String sentence(Coverage coverage) {
        BigDecimal amount = coverage.whole().amountShare();
        BigDecimal tokens = coverage.whole().tokenShare();
        if (amount == null) {
            return "Nothing was billed.";
        }
        String money = percent(amount) + " of the billed money passed through the proxy";
        return tokens == null ? money + "." : money + ", and " + percent(tokens) + " of the billed tokens.";
    }

    /** How much passed, and which keys go past the proxy. */
    static void writeSummary(Html html, Coverage coverage) {
        html.section("Coverage").paragraph(sentence(coverage));
        if (!coverage.bypassing().isEmpty()) {
            html.section("Keys that bypass the proxy")
                    .table(
                            List.of("Key", "Name", "#Tokens", "#USD", "First day", ""),
                            coverage.bypassing().stream()
                                    .map(CoverageHtml::bypass)
                                    .toList(),
                            false);
        }
    }

    /** How much passed of each key, workspace, model and day. */
    static void writeParts(Html html, Coverage coverage) {
        parts(html, "Key", coverage.byKey(), "no key");
        parts(html, "Workspace", coverage.byWorkspace(), "default");
        parts(html, "Model", coverage.byModel(), "no model");
        parts(html, "Day", coverage.byDay(), NONE);
    }

    private static List<String> bypass(Coverage.Bypass key) {
        return List.of(
                key.apiKeyId() == null ? "no key (Console or login)" : key.apiKeyId(),
                key.name() == null ? NONE : key.name(),
                count(key.tokens()),
                Headline.usd(key.amount()),
                key.firstDay().toString(),
                key.news() ? "new" : NONE);
    }

    private static void parts(Html html, String what, List<Passed> parts, String none) {
        if (parts.isEmpty()) {
            return;
        }
        html.section("Coverage by " + what.toLowerCase(Locale.ROOT))
                .table(
                        List.of(
                                what,
                                "#Tokens passed",
                                "#Tokens billed",
                                "#Share",
                                "#USD passed",
                                "#USD billed",
                                "#Share"),
                        parts.stream().map(part -> row(part, none)).toList(),
                        false);
    }

    private static List<String> row(Passed part, String none) {
        return List.of(
                title(part, none),
                count(part.tokens()),
                count(part.billedTokens()),
                percent(part.tokenShare()),
                Headline.usd(part.amount()),
                Headline.usd(part.billedAmount()),
                percent(part.amountShare()));
    }

    private static String title(Passed part, String none) {
        String id = part.id();
        if (id == null) {
            return none;
        }
        if (id.equals(Coverage.NOT_BY_KEY)) {
            return "(on no key: time, and money alone)";
        }
        return part.name() == null ? id : part.name() + ", " + id;
    }

    /** A share for people; empty where there is none. */
    public static String percent(@Nullable BigDecimal share) {
        return share == null
                ? NONE
                : share.movePointRight(2).setScale(2, RoundingMode.HALF_EVEN).toPlainString() + " %";
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
