package coffer.batch;

import coffer.api.HttpRequest;
import coffer.identity.Account;
import coffer.identity.Caller;
import coffer.identity.Principal;
import coffer.identity.SignedParts;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who made a job, and may do what its tasks do.
 *
 * @param sessionPolicy of the temporary key that it was made with: its tasks may do no more than that
 * @param address where it was made from, as policies may ask
 * @param tlsVersion that it was made by, if any
 */
record JobCreator(Principal principal, Optional<String> sessionPolicy, String address, Optional<String> tlsVersion) {
    private static final int ROOT = 0;
    private static final int USER = 1;
    private static final int ROLE = 2;

    private static final SignedParts UNSIGNED = new SignedParts(SignedParts.Place.HEADER, "", "");

    /** Whoever sent a request. */
    static JobCreator of(Caller.Signed caller, HttpRequest request) {
        return new JobCreator(
                caller.principal(), caller.sessionPolicy(), request.remoteAddress(), request.tlsVersion());
    }

    /**
     * As tasks are asked for.
     *
     * @param role that must be allowed them, too
     */
    Askers askers(Optional<Principal.Role> role) {
        List<Caller.Signed> callers = new ArrayList<>();
        callers.add(new Caller.Signed(principal, "", sessionPolicy, UNSIGNED));
        role.ifPresent(other -> callers.add(new Caller.Signed(other, "", Optional.empty(), UNSIGNED)));
        return new Askers(callers, address, tlsVersion);
    }

    /**
     * Who asks for a task.
     *
     * @param callers all of whom must be allowed it; the first does it
     */
    record Askers(List<Caller.Signed> callers, String address, Optional<String> tlsVersion) {
        Askers {
            callers = List.copyOf(callers);
        }
    }

    void write(RecordWriter out) {
        out.text(principal.account().appId()).text(principal.account().uin());
        switch (principal) {
            case Principal.Anonymous _ -> throw new IllegalStateException("nobody makes jobs");
            case Principal.Root _ -> out.number(ROOT);
            case Principal.User user -> out.number(USER).text(user.uin());
            case Principal.Role role -> out.number(ROLE).text(role.id()).text(role.name());
        }
        out.optionalText(sessionPolicy).text(address).optionalText(tlsVersion);
    }

    static JobCreator read(RecordReader in) {
        Account account = new Account(in.text(), in.text());
        Principal principal = switch ((int) in.number()) {
            case USER -> new Principal.User(account, in.text());
            case ROLE -> new Principal.Role(account, in.text(), in.text());
            default -> new Principal.Root(account);
        };
        return new JobCreator(principal, in.optionalText(), in.text(), in.optionalText());
    }
}
