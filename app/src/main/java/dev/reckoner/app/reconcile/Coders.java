package dev.reckoner.app.reconcile;

import dev.reckoner.app.reconcile.Coder.Booked;
import dev.reckoner.app.reconcile.Coder.Match;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.vendor.ApiKey;
import dev.reckoner.reconcile.vendor.ClaudeCodeRow;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts Claude Code's analytics beside the ledger's users. A person is the user who goes by the same e-mail address; a key
 * is the user who goes by its name, else whatever was sent with the only key of that name.
 */
final class Coders {

    private final Map<String, Booked> users = new HashMap<>();
    private final Map<String, Booked> keys = new HashMap<>();
    private final List<ApiKey> listed;

    private Coders(List<ApiKey> listed) {
        this.listed = listed;
    }

    /** Everybody who used Claude Code on some days, the most tokens first. */
    static List<Coder> of(AdminPull.ClaudeCode code, Reports reports, ReconcileRequest days) {
        Coders coders = new Coders(code.keys());
        coders.users.putAll(booked(reports, days, Match.EMAIL));
        coders.keys.putAll(booked(reports, days, Match.KEY));
        Map<String, Coder> people = new LinkedHashMap<>();
        for (ClaudeCodeRow row : code.rows()) {
            people.merge(
                    row.person() + " " + folded(row.actor()),
                    new Coder(row.actor(), row.work(), row.tokens(), row.estimate(), coders.match(row)),
                    Coders::together);
        }
        List<Coder> found = new ArrayList<>(people.values());
        found.sort(Comparator.comparingLong(Coder::tokens).reversed().thenComparing(Coder::name));
        return found;
    }

    private static Coder together(Coder one, Coder more) {
        return new Coder(
                one.name(),
                one.work().plus(more.work()),
                Math.addExact(one.tokens(), more.tokens()),
                one.estimate().add(more.estimate()),
                one.booked());
    }

    private @Nullable Booked match(ClaudeCodeRow row) {
        Booked user = users.get(folded(row.actor()));
        if (user != null) {
            return row.person() ? user : new Booked(Match.KEY_NAME, user.tokens(), user.amount());
        }
        String hint = row.person() ? null : hint(row.actor());
        return hint == null ? null : keys.get(hint);
    }

    /** The hint of the key of that name; null where several have the name or the hint. */
    private @Nullable String hint(String name) {
        List<ApiKey> named =
                listed.stream().filter(key -> key.name().equals(name)).toList();
        String hint = named.size() == 1 ? named.get(0).hint() : null;
        boolean shared =
                listed.stream().filter(key -> Objects.equals(key.hint(), hint)).count() > 1;
        return shared ? null : hint;
    }

    private static Map<String, Booked> booked(Reports reports, ReconcileRequest days, Match match) {
        ReportQuery query = new ReportQuery(
                days.from().atStartOfDay(ZoneOffset.UTC).toInstant(),
                days.until().atStartOfDay(ZoneOffset.UTC).toInstant(),
                Bucket.ALL,
                List.of(match == Match.KEY ? Dimension.KEY : Dimension.USER),
                Map.of());
        Map<String, Booked> booked = new HashMap<>();
        for (ReportRow row : reports.report(query)) {
            String name = row.group().get(0);
            if (!name.isEmpty()) {
                Booked more = new Booked(match, tokens(row.sums()), row.sums().amount());
                booked.merge(
                        match == Match.KEY ? name : folded(name),
                        more,
                        (one, other) -> new Booked(
                                match,
                                one.tokens() + other.tokens(),
                                one.amount().add(other.amount())));
            }
        }
        return booked;
    }

    private static long tokens(Sums sums) {
        long tokens = 0;
        for (TokenType type : TokenType.values()) {
            tokens += type == TokenType.WEB_SEARCH ? 0 : sums.quantity(type);
        }
        return tokens;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
