package dev.reckoner.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/** Writes head lines byte for byte: one byte per character, as the parser read them. Stateless, any thread. */
public final class HeadWriter {

    private static final int COLON_SPACE = (':' << 8) | ' ';
    private static final int CRLF = ('\r' << 8) | '\n';

    private HeadWriter() {}

    /** Writes text without a line end. */
    public static void text(ByteBuf out, CharSequence text) {
        if (text instanceof AsciiString ascii) {
            ByteBufUtil.copy(ascii, out);
        } else {
            out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
        }
    }

    /** Writes one field line. */
    public static void field(ByteBuf out, CharSequence name, CharSequence value) {
        text(out, name);
        out.writeShort(COLON_SPACE);
        text(out, value);
        lineEnd(out);
    }

    /** Writes a CRLF. */
    public static void lineEnd(ByteBuf out) {
        out.writeShort(CRLF);
    }
}
