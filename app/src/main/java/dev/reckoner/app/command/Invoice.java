package dev.reckoner.app.command;

import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Labels;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.config.RateTable;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.BatchItem;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Revision;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** One entry as an invoice for a person: who, when, asked, served, each line as tokens × rate × factor = amount. */
final class Invoice {
    private static final int MODEL_LEAST = 12;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Shell shell;
    private final RateOrigins origins;
    private final Labels text;

    Invoice(Shell shell, RateTable rates) {
        this.shell = shell;
        this.origins = new RateOrigins(rates);
        this.text = new Labels(shell.out(), shell.columns());
    }

    /**
     * Prints it.
     *
     * @param history the entry as it was booked and as each correction left it
     */
    void print(Entry entry, List<Revision> history) {
        shell.out().println("Exchange " + entry.id());
        Closing closing = entry.closing();
        text.say("Vendor", ids(closing));
        who(closing.opening().attribution());
        text.say("When", when(closing));
        text.say("Asked", asked(closing));
        text.say("Served", served(closing.reading()));
        text.say("Ended", ended(closing));
        shell.out().println();
        charge(entry.charge());
        history(history);
        raw(closing.reading());
        shell.out().println();
    }

    private static String ids(Closing closing) {
        StringJoiner ids = new StringJoiner(", ");
        stated(ids, "", closing.requestId());
        stated(ids, "", closing.reading().messageId());
        stated(ids, "workspace ", closing.workspaceId());
        stated(ids, "organization ", closing.organizationId());
        return ids.toString();
    }

    private void who(Attribution attribution) {
        StringJoiner who = new StringJoiner(", ");
        part(who, "user", attribution.user());
        part(who, "team", attribution.team());
        part(who, "project", attribution.project());
        part(who, "session", attribution.session());
        if (!attribution.tags().isEmpty()) {
            who.add("tags " + String.join(" ", attribution.tags()));
        }
        text.say("Who", who.length() == 0 ? "nobody said" : who.toString());
        String hint = attribution.key().hint();
        String key = hint.isEmpty() ? "hash " + attribution.key().hash() : hint;
        boolean none = attribution.key().hash().equals("none");
        text.say("Key", none ? "none" : key + " (" + Names.of(attribution.key().kind()) + ")");
        if (attribution.virtualKey() != null) {
            text.say("Ours", attribution.virtualKey());
        }
    }

    private static void part(StringJoiner who, String name, Attribution.@Nullable Part part) {
        if (part != null) {
            who.add(name + " " + part.value() + " (" + Names.of(part.source()).replace('_', ' ') + ")");
        }
    }

    private static String when(Closing closing) {
        Instant start = closing.opening().startedAt();
        if (closing.opening().item() != null) {
            return "batch created " + TIME.format(start) + ", ended after " + seconds(start, closing.endedAt());
        }
        Instant firstByte = closing.firstByteAt();
        String first = firstByte == null ? unseen(closing) : "first byte after " + seconds(start, firstByte);
        return TIME.format(start) + ", " + first + ", ended after " + seconds(start, closing.endedAt());
    }

    /** A body that was held whole until its entry was on disk has no first byte of its own. */
    private static String unseen(Closing closing) {
        return closing.bytesOut() > 0 ? "sent whole at its end" : "no byte sent";
    }

    private static String seconds(Instant from, Instant to) {
        return BigDecimal.valueOf(Duration.between(from, to).toMillis(), 3).toPlainString() + " s";
    }

    private static String asked(Closing closing) {
        Asked asked = closing.opening().asked();
        StringJoiner words = new StringJoiner(", ");
        BatchItem item = closing.opening().item();
        words.add(
                item == null
                        ? closing.opening().method() + " " + closing.opening().path()
                        : "item " + item.customId() + " of batch " + item.batchId());
        stated(words, "", asked.model());
        if (asked.stream() != null) {
            words.add(asked.stream() ? "streamed" : "whole");
        }
        stated(words, "max_tokens ", asked.maxTokens() == null ? null : Numbers.count(asked.maxTokens()));
        stated(words, "service_tier ", asked.serviceTier());
        stated(words, "speed ", asked.speed());
        stated(words, "inference_geo ", asked.inferenceGeo());
        stated(words, "betas ", asked.betas());
        stated(words, "bill_to ", asked.billTo());
        return words.toString();
    }

    private static String served(Reading reading) {
        StringJoiner words = new StringJoiner(", ");
        stated(words, "", reading.model());
        Usage usage = reading.usage();
        if (usage != null) {
            stated(words, "service_tier ", usage.serviceTier());
            stated(words, "speed ", usage.speed());
            stated(words, "inference_geo ", usage.inferenceGeo());
        }
        stated(words, "stop_reason ", reading.stopReason());
        return words.length() == 0 ? "nothing seen" : words.toString();
    }

    private static String ended(Closing closing) {
        StringJoiner words = new StringJoiner(", ");
        words.add(Names.of(closing.outcome()));
        words.add(closing.status() == 0 ? "no status sent" : "status " + closing.status());
        stated(words, "", closing.reading().errorType());
        stated(words, "", closing.outcomeDetail());
        if (closing.opening().item() != null) {
            return words.toString(); // bytes and status are those of whoever downloads it
        }
        words.add(Numbers.count(closing.bytesIn()) + " body bytes in");
        words.add(Numbers.count(closing.bytesOut()) + " out");
        return words.toString();
    }

    private static void stated(StringJoiner words, String name, @Nullable String value) {
        if (value != null) {
            words.add(name + value);
        }
    }

    private void charge(Charge charge) {
        if (!charge.lines().isEmpty()) {
            Table table = new Table(List.of(
                    Column.text("Model", MODEL_LEAST),
                    Column.text("Class", Integer.MAX_VALUE),
                    Column.number("Quantity"),
                    Column.number("×\u00a0Rate"),
                    Column.number("×\u00a0Factor", 1),
                    Column.number("=\u00a0Amount (USD)")));
            for (Line line : charge.lines()) {
                table.row(List.of(
                        (severalAttempts(charge) ? "#" + (line.attempt() + 1) + " " : "") + Names.group(line.model()),
                        Names.of(line.type()),
                        estimatedMark(charge, line) + Numbers.count(line.quantity()),
                        line.rate() == null ? "?" : Numbers.exact(line.rate()) + unit(line),
                        Numbers.exact(line.factor()),
                        line.amount() == null ? "?" : Numbers.exact(line.amount())));
            }
            table.total(List.of("Charge", "", "", "", "", sum(charge)));
            table.print(shell.out(), shell.columns(), shell.colours());
            shell.out().println();
        }
        text.say("Rating", rating(charge));
        if (!charge.lines().isEmpty()) {
            text.say("Units", "USD; /M per million tokens, /k per thousand requests; exact, nothing is rounded");
        }
        origins.of(charge).forEach(row -> text.say("Rate", row));
    }

    private static String sum(Charge charge) {
        boolean pending = charge.status() == RatingStatus.PENDING;
        if (pending && charge.amount().signum() == 0) {
            return "?";
        }
        return (pending ? "?" : "") + (charge.estimated() ? "~" : "") + Numbers.exact(charge.amount());
    }

    private static boolean severalAttempts(Charge charge) {
        return charge.lines().stream().mapToInt(Line::attempt).distinct().count() > 1;
    }

    private static String estimatedMark(Charge charge, Line line) {
        return charge.estimates(line.type()) ? "~" : "";
    }

    private static String unit(Line line) {
        return line.type() == TokenType.WEB_SEARCH ? "/k" : "/M";
    }

    private static String rating(Charge charge) {
        String reason = charge.reason() == null ? "" : " (" + charge.reason() + ")";
        String meaning = switch (charge.status()) {
            case RATED -> "every line has an exact amount";
            case PENDING -> "tokens are kept, the amount of a line isn't known yet and isn't zero";
            case AMBIGUOUS -> "more than one rate could be meant, the amount is the lower one";
            case NOT_BILLED -> "the vendor doesn't bill it";
        };
        String what = charge.estimates(TokenType.INPUT) ? "; input estimated by " : "; output estimated by ";
        String estimate = charge.estimated() ? what + charge.estimateMethod() : "";
        return Names.of(charge.status()) + reason + ": " + meaning + estimate;
    }

    /** What was booked first and what each correction made of it; nothing where there was none. */
    private void history(List<Revision> history) {
        if (history.size() < 2) {
            return;
        }
        for (Revision revision : history) {
            Charge charge = revision.entry().charge();
            String versions = String.join(" ", RateOrigins.versions(charge));
            text.say(
                    "History",
                    made(revision) + ": " + Names.of(charge.status()) + " " + sum(charge)
                            + (versions.isEmpty() ? "" : ", by rates " + versions));
        }
    }

    private static String made(Revision revision) {
        Instant at = revision.correctedAt();
        return at == null
                ? TIME.format(revision.entry().bookedAt()) + ", booked"
                : TIME.format(at) + ", " + revision.cause() + " (" + revision.reason() + ")";
    }

    private void raw(Reading reading) {
        if (reading.fault() != null) {
            text.say("Fault", reading.fault());
        }
        for (String usage : reading.rawUsage()) {
            text.say("Usage", usage);
        }
    }
}
