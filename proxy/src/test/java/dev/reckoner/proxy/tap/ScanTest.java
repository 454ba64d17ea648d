package dev.reckoner.proxy.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScanTest {

    @Test
    void find_anyBytesAndBounds_agreesWithTheObviousWay() {
        long seed = System.nanoTime();
        System.out.println("scan seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        byte[] near = {'"', '\\', '\n', '\r', '\n' - 1, '\n' + 1, '"' + 1, 0, -1, (byte) ('\n' | 0x80), (byte) 0x80};
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(1, 90)];
            int density = random.nextInt(1, 60);
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = random.nextInt(density) == 0 ? near[random.nextInt(near.length)] : (byte) 'a';
            }
            int from = random.nextInt(bytes.length);
            int end = random.nextInt(from, bytes.length + 1);
            String why = "seed " + seed + " case " + i;
            assertEquals(slowly(bytes, from, end, '\n', '\n'), Scan.find(bytes, from, end, (byte) '\n'), why);
            assertEquals(slowly(bytes, from, end, '"', '\\'), Scan.findQuoteOrBackslash(bytes, from, end), why);
        }
    }

    private static int slowly(byte[] bytes, int from, int end, char one, char other) {
        int at = from;
        while (at < end && bytes[at] != one && bytes[at] != other) {
            at++;
        }
        return at;
    }
}
