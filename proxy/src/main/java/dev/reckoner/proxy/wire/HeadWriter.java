package dev.reckoner.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.AsciiString;

/** Writes head lines byte for byte: one byte per character, as the parser read them. Stateless, any thread. */
public final class HeadWriter {

    private HeadWriter() {}

    /** Writes text without a line end. */
    public static void text(ByteBuf out, CharSequence text) {
        if (text instanceof AsciiString ascii) {
            ByteBufUtil.copy(ascii, out);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            out.writeByte(text.charAt(i));
        }
    }

    /** Writes one field line. */
    public static void field(ByteBuf out, CharSequence name, CharSequence value) {
        text(out, name);
        out.writeByte(':').writeByte(' ');
        text(out, value);
        lineEnd(out);
    }

    /** Writes a CRLF. */
    public static void lineEnd(ByteBuf out) {
        out.writeByte('\r').writeByte('\n');
    }
}
