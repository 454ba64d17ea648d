package dev.reckoner.console.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.config.Cap;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Problem;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.limit.Standing;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One answer to {@code …/spend_limits/effective}: for each user and period the tightest limit, and what is spent of it. */
final class EffectiveLimits {
    private static final String PAGE = "page_";
    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 1_000;
    private static final List<String> PARAMETERS = List.of("limit", "page", "period", "user_ids");

    private final Map<String, Map<Cap.Period, Row>> rows = new TreeMap<>();
    private final Map<String, Row> ofEach = new LinkedHashMap<>();
    private final Params params;

    EffectiveLimits(List<Standing> standings, Question asked) {
        this.params = asked.params();
        for (Standing standing : standings) {
            SpendLimit.of(standing.limit().rule()).ifPresent(limit -> add(standing, limit));
        }
        rows.forEach((user, periods) -> ofEach.values()
                .forEach(row -> periods.merge(row.limit().period(), row.spending(spent(periods, row)), Row::tighter)));
    }

    /** A limit as it holds for one user. */
    private record Row(String id, SpendLimit limit, BigDecimal spent) {

        Row spending(BigDecimal usd) {
            return new Row(id, limit, usd);
        }

        Row tighter(Row other) {
            return other.limit.usd().compareTo(limit.usd()) < 0 ? other : this;
        }
    }

    Answer answer() {
        params.expectOnly(PARAMETERS::contains, PARAMETERS);
        int max = (int) params.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        List<String> wanted = params.all("user_ids");
        String after = after(params.one("page"));
        List<String> users = rows.keySet().stream()
                .filter(user -> wanted.isEmpty() || wanted.contains(user))
                .filter(user -> after == null || user.compareTo(after) > 0)
                .toList();
        List<String> page = users.subList(0, Math.min(max, users.size()));
        List<Cap.Period> periods = periods();
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (String user : page) {
                write(json, user, periods);
            }
            json.writeEndArray();
            json.writeStringField("next_page", page.size() < users.size() ? cursor(page.get(page.size() - 1)) : null);
            json.writeEndObject();
        });
    }

    private void add(Standing standing, SpendLimit limit) {
        BigDecimal spent = sum(standing.spent(), standing.pending());
        Row row = new Row(standing.limit().id(), limit, spent);
        String user = standing.subject().value();
        if (limit.ofOrganization()) {
            ofEach.putIfAbsent(row.id(), row);
        }
        if (!user.isEmpty() && !standing.subject().each()) {
            rows.computeIfAbsent(user, none -> new TreeMap<>()).merge(limit.period(), row, Row::tighter);
        }
    }

    /** All limits of a user and period have spent the same. */
    private static BigDecimal spent(Map<Cap.Period, Row> periods, Row each) {
        Row known = periods.get(each.limit().period());
        return known == null ? BigDecimal.ZERO : known.spent();
    }

    private List<Cap.Period> periods() {
        List<Cap.Period> periods = new ArrayList<>();
        for (String word : params.all("period")) {
            periods.add(SpendLimit.period(word)
                    .orElseThrow(() -> Problem.parameter("period", word, "daily, weekly or monthly")));
        }
        return periods;
    }

    private void write(JsonGenerator json, String user, List<Cap.Period> periods) throws IOException {
        for (Row row : rows.getOrDefault(user, Map.of()).values()) {
            if (periods.isEmpty() || periods.contains(row.limit().period())) {
                write(json, user, row);
            }
        }
    }

    private static void write(JsonGenerator json, String user, Row row) throws IOException {
        json.writeStartObject();
        json.writeFieldName("actor");
        Actor.ofUser(user).write(json);
        json.writeStringField("amount", SpendLimit.cents(row.limit().usd()));
        json.writeStringField("currency", SpendLimit.CURRENCY);
        json.writeStringField("period", SpendLimit.word(row.limit().period()));
        json.writeStringField("period_to_date_spend", SpendLimit.spentCents(row.spent()));
        SpendLimit.writeScope(json, "scope", user);
        SpendLimit.writeScope(json, "source", row.limit().user());
        json.writeStringField("spend_limit_id", row.id());
        json.writeEndObject();
    }

    private static BigDecimal sum(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        BigDecimal sum = one == null ? BigDecimal.ZERO : one;
        return other == null ? sum : sum.add(other);
    }

    private static String cursor(String user) {
        return PAGE + Base64.getUrlEncoder().withoutPadding().encodeToString(user.getBytes(UTF_8));
    }

    private static @Nullable String after(@Nullable String page) {
        if (page == null) {
            return null;
        }
        if (page.startsWith(PAGE)) {
            try {
                return new String(Base64.getUrlDecoder().decode(page.substring(PAGE.length())), UTF_8);
            } catch (IllegalArgumentException e) {
                // Said below, like any other text that isn't a cursor.
            }
        }
        throw Problem.parameter("page", page, "the next_page of an earlier answer");
    }
}
