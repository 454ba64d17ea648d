package dev.reckoner.reconcile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A hash over everything that a reconciliation is decided from, so that an archived result can be tied to its inputs. */
public final class FactsDigest {

    private FactsDigest() {}

    /** SHA-256 over the facts, whatever order each kind of them came in, in hexadecimal. */
    public static String of(Facts facts) {
        MessageDigest digest = sha256();
        List<Collection<?>> parts = List.of(
                List.of(facts.from(), facts.until(), facts.lateFrom()),
                facts.costs(),
                facts.usage(),
                facts.ledger(),
                facts.keysSeen(),
                facts.crossings(),
                facts.unfetched(),
                facts.lost(),
                facts.stated().discounts().entrySet(),
                facts.stated().requests().entrySet());
        for (Collection<?> part : parts) {
            digest.update((byte) '-');
            part.parallelStream()
                    .map(fact -> sha256().digest(FactText.of(fact).getBytes(StandardCharsets.UTF_8)))
                    .sorted(Arrays::compareUnsigned)
                    .forEachOrdered(digest::update);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 over lines in their order, in hexadecimal. */
    public static String of(Stream<String> lines) {
        MessageDigest digest = sha256();
        lines.forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
