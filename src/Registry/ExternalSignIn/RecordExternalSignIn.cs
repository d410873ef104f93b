using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Sessions;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.ExternalSignIn;

/// <summary>Who signed in with a provider, after everything that the provider said was proved.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">Its name of the person.</param>
/// <param name="Roles">What the person's groups give by the mapping.</param>
public sealed record ExternalIdentity(string Issuer, string Subject, IReadOnlySet<Role> Roles)
{
    /// <summary>What a new account is to be called; cut and filled up where it does not keep the rule or is taken.</summary>
    public string? UserName { get; init; }

    /// <summary>The name that pages show; the user name where it is null.</summary>
    public string? DisplayName { get; init; }

    /// <summary>An address that the provider says is verified; null otherwise. For messages only.</summary>
    public string? Email { get; init; }
}

/// <summary>Finds or makes the account of a provider's person, and lets their groups set their roles.</summary>
public sealed class RecordExternalSignIn(AppendGate gate, SessionSignal signal)
{
    /// <summary>Judges a sign-in.</summary>
    /// <param name="identity">Who signed in.</param>
    /// <param name="provision">Whether a person without an account gets one.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <remarks>
    /// The system does it, by the mapping that its operator wrote: nobody grants themself a role. Roles that an administrator
    /// gave here stay; of those that groups gave, the ones whose group is gone go, and open sessions with the new stamp.
    /// </remarks>
    public async Task<ExternalSignInOutcome> RunAsync(ExternalIdentity identity, bool provision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identity);
        FactDigest who = ExternalLogin.DigestOf(identity.Issuer, identity.Subject);
        UserId? known = null;
        ExternalSignInOutcome outcome = await gate.RunAsync<ExternalSignInOutcome>(Actor.System, async change =>
        {
            ExternalLogin? link = await change.Db.ExternalLogins
                .FirstOrDefaultAsync(row => row.Who == who && row.EndedAt == null, cancellationToken);
            known = link?.User;
            if (link is null && !provision)
            {
                return Refused("no-account", "No account of this portal belongs to you yet. Ask an administrator to link one.");
            }

            if (link is null && identity.Roles.Count == 0)
            {
                return Refused("no-role", "None of your groups has a role in this portal. Ask an administrator.");
            }

            GovernanceUser? account = link is null
                ? await AddAsync(change, identity, who, cancellationToken)
                : await change.Db.Users.FirstAsync(row => row.Id == link.User.Value, cancellationToken);
            if (account.Deactivated)
            {
                return Refused("deactivated", "Your account is deactivated. Ask an administrator.");
            }

            HashSet<Role> roles = link is null
                ? [.. identity.Roles]
                : await SetRolesAsync(change, link, account, identity.Roles, cancellationToken);
            return roles.Count == 0
                ? Refused("no-role", "None of your groups has a role in this portal any more. Ask an administrator.")
                : new ExternalSignInOutcome.Admitted(new Person(account.Person, account.DisplayName, roles));
        }, cancellationToken);
        if (known is UserId user)
        {
            signal.Tell(user); // pages that are open with the roles of before
        }

        return outcome;
    }

    private static async Task<GovernanceUser> AddAsync(
        RegistryChange change, ExternalIdentity identity, FactDigest who, CancellationToken cancellationToken)
    {
        string name = await FreeNameAsync(change.Db, identity.UserName, who, cancellationToken);
        string display = string.IsNullOrWhiteSpace(identity.DisplayName) ? name : identity.DisplayName.Trim();
        GovernanceUser account = new()
        {
            Id = UserId.New().Value,
            UserName = name,
            NormalizedUserName = name.ToUpperInvariant(),
            DisplayName = display[..Math.Min(display.Length, GovernanceUser.MaxDisplayNameLength)],
            Email = identity.Email,
            NormalizedEmail = identity.Email?.ToUpperInvariant(),
            LockoutEnabled = true,
            SecurityStamp = Guid.CreateVersion7().ToString("n"),
            ConcurrencyStamp = Guid.CreateVersion7().ToString("n"),
        };
        change.Db.Users.Add(account);
        await AddUser.AddRolesAsync(change.Db, account.Id, identity.Roles, cancellationToken);
        change.Write(
            new LedgerSubject(LedgerSubject.User, account.Person.ToString()), "user.added", scope: null, before: null,
            AccountFact.DigestOf(account.Person, deactivated: false, identity.Roles));
        ExternalLogin link = new(ExternalLoginId.New(), account.Person, identity.Issuer, who, linkedBy: null, change.Now);
        link.Give([.. identity.Roles.Order()]);
        change.Add(link, "external-login.linked", scope: null);
        return account;
    }

    internal static async Task<HashSet<Role>> SetRolesAsync(
        RegistryChange change, ExternalLogin link, GovernanceUser account, IReadOnlySet<Role> given,
        CancellationToken cancellationToken)
    {
        HashSet<Role> before = await Standing.RolesOfAsync(change.Db, account.Person, cancellationToken);
        HashSet<Role> after = [.. before.Except(link.Given).Union(given)];
        if (!given.SetEquals(link.Given))
        {
            change.Change(link, "external-login.groups-changed", scope: null, row => row.Give([.. given.Order()]));
        }

        if (!after.SetEquals(before))
        {
            await ChangeAccount.ApplyAsync(change, account, after, account.Deactivated, cancellationToken);
        }

        return after;
    }

    // Never an account that exists: a name or address that the provider lets a person choose proves nothing.
    private static async Task<string> FreeNameAsync(
        GovernanceDb db, string? wanted, FactDigest who, CancellationToken cancellationToken)
    {
        string name = wanted?.Trim() ?? "";
        name = AccountNames.Fits(name) && name.Length <= AccountNames.MaxLength - 9 ? name : "person";
        string normalized = name.ToUpperInvariant();
        return wanted?.Trim() == name && !await db.Users.AnyAsync(row => row.NormalizedUserName == normalized, cancellationToken)
            ? name
            : $"{name}-{who.Hex[..8]}";
    }

    private static ExternalSignInOutcome.Refused Refused(string code, string sentence) => new(new Refusal(code, sentence));
}

/// <summary>What came of a sign-in with a provider.</summary>
public abstract record ExternalSignInOutcome
{
    private ExternalSignInOutcome()
    {
    }

    /// <summary>They may come in, with these roles.</summary>
    public sealed record Admitted(Person Person) : ExternalSignInOutcome;

    /// <summary>They may not.</summary>
    public sealed record Refused(Refusal Reason) : ExternalSignInOutcome;
}
