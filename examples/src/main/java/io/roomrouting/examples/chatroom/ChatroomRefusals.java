package io.roomrouting.examples.chatroom;

import io.roomrouting.examples.chatroom.accounts.NameTaken;
import io.roomrouting.examples.http.Refusal;
import io.roomrouting.examples.http.RefusalStyle;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Tells errors with the fields of an acknowledgement, {@code ok}, {@code code} and {@code detail}, and with {@code error}. */
enum ChatroomRefusals implements RefusalStyle {
    INSTANCE;

    private static final String USERNAME_TAKEN = "USERNAME_TAKEN";

    @Override
    public Optional<Refusal> explain(RuntimeException failure) {
        return failure instanceof NameTaken taken
                ? Optional.of(new Refusal(
                        HttpStatus.CONFLICT_409, USERNAME_TAKEN, String.valueOf(taken.getMessage()), Map.of()))
                : Optional.empty();
    }

    @Override
    public Map<String, Object> envelope(Refusal refusal) {
        return Map.of("ok", false, "error", refusal.message());
    }
}
