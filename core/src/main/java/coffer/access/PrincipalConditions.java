package coffer.access;

import coffer.identity.Account;
import coffer.identity.Principal;
import java.util.List;
import java.util.Optional;

/**
 * Adds what AWS policies can ask of the caller: {@code aws:PrincipalArn}, {@code aws:PrincipalAccount} (each with the APPID
 * and with the UIN of the account), {@code aws:PrincipalType}, {@code aws:userid}.
 *
 * @param others what the request itself brings
 */
public record PrincipalConditions(Principal principal, ConditionValues others) implements ConditionValues {
    @Override
    public Optional<List<String>> of(String key) {
        return switch (key) {
            case "aws:principalarn" ->
                accounts().map(list -> list.stream().map(this::arn).toList());
            case "aws:principalaccount" -> accounts();
            case "aws:principaltype" -> Optional.of(List.of(type()));
            case "aws:userid" -> id().map(List::of);
            default -> others.of(key);
        };
    }

    private Optional<List<String>> accounts() {
        if (principal instanceof Principal.Anonymous) {
            return Optional.empty();
        }
        Account account = principal.account();
        return Optional.of(List.of(account.appId(), account.uin()));
    }

    private String arn(String account) {
        String identity = switch (principal) {
            case Principal.Anonymous _, Principal.Root _ -> "root";
            case Principal.User user -> "user/" + user.uin();
            case Principal.Role role -> "role/" + role.name();
        };
        return "arn:aws:iam::" + account + ":" + identity;
    }

    private String type() {
        return switch (principal) {
            case Principal.Anonymous _ -> "Anonymous";
            case Principal.Root _ -> "Account";
            case Principal.User _ -> "User";
            case Principal.Role _ -> "AssumedRole";
        };
    }

    private Optional<String> id() {
        return switch (principal) {
            case Principal.Anonymous _ -> Optional.empty();
            case Principal.Root root -> Optional.of(root.account().uin());
            case Principal.User user -> Optional.of(user.uin());
            case Principal.Role role -> Optional.of(role.id());
        };
    }
}
