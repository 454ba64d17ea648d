package dev.reckoner.bench.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of a response is seen at its last byte, wherever it is split. */
final class ResponseEndTest {

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void response_whole_endsAtOnceAndTheNextToo(Scenario scenario) {
        ResponseEnd end = new ResponseEnd(scenario);

        assertTrue(end.passed(Unpooled.wrappedBuffer(scenario.response())));
        assertEquals(200, end.status());
        assertTrue(end.passed(Unpooled.wrappedBuffer(scenario.response())));
    }

    @ParameterizedTest
    @EnumSource(
            value = Scenario.class,
            names = {"JSON", "STREAM"})
    void response_splitAtEveryByte_endsWithItsLastByteOnly(Scenario scenario) {
        byte[] response = scenario.response();
        ResponseEnd end = new ResponseEnd(scenario);
        for (int split = 1; split < response.length; split++) {
            assertFalse(end.passed(Unpooled.wrappedBuffer(Arrays.copyOfRange(response, 0, split))), "split " + split);
            assertTrue(
                    end.passed(Unpooled.wrappedBuffer(Arrays.copyOfRange(response, split, response.length))),
                    "split " + split);
            assertEquals(200, end.status());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Scenario.class,
            names = {"JSON", "STREAM"})
    void response_byteByByte_endsWithItsLastByteOnly(Scenario scenario) {
        byte[] response = scenario.response();
        ResponseEnd end = new ResponseEnd(scenario);
        for (int i = 0; i < response.length; i++) {
            assertEquals(i == response.length - 1, end.passed(Unpooled.wrappedBuffer(response, i, 1)), "byte " + i);
        }
    }
}
