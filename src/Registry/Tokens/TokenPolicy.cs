using System.Net;
using Governance.Registry.Access;

namespace Governance.Registry.Tokens;

/// <summary>What is wanted of a new token.</summary>
/// <param name="Account">Whose rights it carries.</param>
/// <param name="Name">What it is for, in 1 to 100 characters.</param>
/// <param name="Scopes">At least one.</param>
public sealed record NewToken(UserId Account, string Name, IReadOnlyCollection<TokenScope> Scopes)
{
    /// <summary>Names of models that it is limited to; empty for all that the account has.</summary>
    public IReadOnlyCollection<string> Models { get; init; } = [];

    /// <summary>Networks or single addresses that it may be used from; empty for everywhere.</summary>
    public IReadOnlyCollection<string> Networks { get; init; } = [];

    /// <summary>Days until it expires, 1 to 90.</summary>
    public int Days { get; init; } = ApiToken.DefaultDays;
}

/// <summary>Who may have a token made, and what it may say. Pure: it reads no clock and no database.</summary>
public static class TokenPolicy
{
    /// <summary>Tokens of one account that may be valid or offered at a time.</summary>
    public const int MostPerAccount = 20;

    /// <summary>How someone stands to the tokens of an account.</summary>
    /// <param name="actor">Who asks; null for the system.</param>
    /// <param name="account">Whose tokens.</param>
    public static TokenStanding StandingOf(Person? actor, GovernanceUser account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return actor is null ? TokenStanding.Issues
            : account.Kind == AccountKind.Service && account.Owner == actor.Id ? TokenStanding.Issues
            : account.Person == actor.Id ? (actor.Roles.Any(MayHaveOwn) ? TokenStanding.Issues : TokenStanding.Collects)
            : actor.Roles.Contains(Role.Administrator) ? TokenStanding.Offers
            : TokenStanding.None;
    }

    /// <summary>Why someone may not have this token made, or null.</summary>
    /// <param name="standing">How they stand to the account's tokens.</param>
    /// <param name="account">Whose token.</param>
    /// <param name="wish">What it would say.</param>
    /// <param name="present">How many the account has that are valid or offered.</param>
    public static Refusal? RefusalFor(TokenStanding standing, GovernanceUser account, NewToken wish, int present)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(wish);
        return standing is TokenStanding.None or TokenStanding.Collects
            ? new Refusal("no-right", "Your role makes no tokens of its own. Ask an administrator to offer you one.")
            : account.Deactivated ? new Refusal("deactivated", "This account is deactivated: it may do nothing.")
            : string.IsNullOrWhiteSpace(wish.Name) || wish.Name.Trim().Length > ApiToken.MaxNameLength || wish.Name.Any(char.IsControl)
            ? new Refusal("bad-name", $"Say what the token is for, in 1 to {ApiToken.MaxNameLength} characters.")
            : wish.Scopes.Count == 0 ? new Refusal("no-scope", "Choose at least one thing that the token may be used for.")
            : wish.Days is < 1 or > ApiToken.MaxDays
            ? new Refusal("bad-expiry", $"A token lives 1 to {ApiToken.MaxDays} days.")
            : wish.Models.Count > ApiToken.MaxListed || wish.Networks.Count > ApiToken.MaxListed
            ? new Refusal("too-many", $"A token names at most {ApiToken.MaxListed} models and {ApiToken.MaxListed} networks.")
            : wish.Networks.FirstOrDefault(network => NetworkOf(network) is null) is string bad
            ? new Refusal("bad-network", $"'{bad}' is no network. Write an address, or one with the length of its prefix, such as 10.1.0.0/16.")
            : present >= MostPerAccount
            ? new Refusal("too-many-tokens", $"This account has {MostPerAccount} tokens already. Revoke one that is not used.")
            : null;
    }

    /// <summary>A network in the one spelling that is stored, such as 10.1.0.0/16; null where the text is none.</summary>
    public static string? NetworkOf(string? text) =>
        IPNetwork.TryParse(text, out IPNetwork network) ? network.ToString()
        : IPAddress.TryParse(text, out IPAddress? address)
        ? new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128).ToString()
        : null;

    // The row "users, roles, tokens…" of the table of rights.
    private static bool MayHaveOwn(Role role) =>
        AccessPolicy.CellOf(role, Right.Administer) is Allowance.OwnTokens or Allowance.SecondForLoosening;
}

/// <summary>How someone stands to the tokens of an account.</summary>
public enum TokenStanding
{
    /// <summary>They are not theirs to see.</summary>
    None,

    /// <summary>May collect and revoke what an administrator offered.</summary>
    Collects,

    /// <summary>May offer, see and revoke, and never learns the secret: an administrator must not act as someone else.</summary>
    Offers,

    /// <summary>May make them, and sees the secret once.</summary>
    Issues,
}
