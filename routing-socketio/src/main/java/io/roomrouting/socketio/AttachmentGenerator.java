package io.roomrouting.socketio;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes JSON in which bytes, wherever they stand, become placeholders, and keeps the bytes as attachments. The order of
 * the placeholder's two fields is the one of the reference implementation, and the official tests compare text.
 */
final class AttachmentGenerator extends JsonGeneratorDelegate {

    private final int most;
    private final List<byte[]> attachments = new ArrayList<>();

    AttachmentGenerator(JsonGenerator json, int most) {
        super(json, false);
        this.most = most;
    }

    List<byte[]> attachments() {
        return attachments;
    }

    @Override
    public void writeBinary(Base64Variant variant, byte[] bytes, int offset, int length) throws IOException {
        attach(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream bytes, int length) throws IOException {
        byte[] attachment = length < 0 ? bytes.readAllBytes() : bytes.readNBytes(length);
        attach(attachment);
        return attachment.length;
    }

    private void attach(byte[] bytes) throws IOException {
        if (attachments.size() == most) {
            throw new IllegalArgumentException("more than " + most + " binary attachments in one message");
        }
        delegate.writeStartObject();
        delegate.writeBooleanField("_placeholder", true);
        delegate.writeNumberField("num", attachments.size());
        delegate.writeEndObject();
        attachments.add(bytes);
    }
}
