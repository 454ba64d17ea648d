package dev.reckoner.reconcile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A hash over everything that a reconciliation is decided from, so that an archived result can be tied to its inputs. */
public final class FactsDigest {

    private FactsDigest() {}

    /** SHA-256 over the facts, in an order of their own, in hexadecimal. */
    public static String of(Facts facts) {
        return of(lines(facts));
    }

    /** SHA-256 over lines, in hexadecimal. */
    public static String of(Stream<String> lines) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            lines.forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    private static Stream<String> lines(Facts facts) {
        return Stream.of(
                        List.of(facts.from(), facts.until(), facts.lateFrom()),
                        facts.costs(),
                        facts.usage(),
                        facts.ledger(),
                        facts.keysSeen(),
                        facts.crossings(),
                        facts.unfetched(),
                        facts.lost(),
                        facts.stated().discounts().entrySet(),
                        facts.stated().requests().entrySet())
                .flatMap(part -> Stream.concat(
                        Stream.of("-"),
                        part.parallelStream().map(String::valueOf).sorted()));
    }
}
