using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Sessions;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.ExternalSignIn;

/// <summary>A link as lists show it.</summary>
/// <param name="Login">The link.</param>
/// <param name="UserName">Of the account.</param>
public sealed record ExternalLoginView(ExternalLogin Login, string UserName);

/// <summary>Links accounts to a provider's persons, and ends links: an administrator may, but not their own, and the system.</summary>
public sealed class ManageExternalLogins(
    AppendGate gate, IDbContextFactory<GovernanceDb> contexts, SessionSignal signal)
{
    /// <summary>The links that hold, by user name.</summary>
    public async Task<IReadOnlyList<ExternalLoginView>> ListAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Dictionary<UserId, string?> names = await db.Users.AsNoTracking()
            .ToDictionaryAsync(row => new UserId(row.Id), row => row.UserName, cancellationToken);
        List<ExternalLogin> links = await db.ExternalLogins.AsNoTracking().Where(row => row.EndedAt == null).ToListAsync(cancellationToken);
        return [.. links.Select(link => new ExternalLoginView(link, names.GetValueOrDefault(link.User) ?? ""))
            .OrderBy(view => view.UserName, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Links an account to whoever the provider calls by this subject.</summary>
    /// <param name="actor">Who links it.</param>
    /// <param name="user">Which account.</param>
    /// <param name="issuer">The provider, exactly as its tokens name it.</param>
    /// <param name="subject">Its name of the person, exactly.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<ExternalLoginOutcome> LinkAsync(
        Actor actor, UserId user, string issuer, string subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return gate.RunAsync<ExternalLoginOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            if (standing.RefusalFor(Right.Administer) is Refusal noRight)
            {
                return new ExternalLoginOutcome.Refused(noRight);
            }

            if (actor.User == user)
            {
                return Refused("own-account", "Nobody links their own account. Ask another administrator.");
            }

            if (string.IsNullOrWhiteSpace(issuer) || issuer.Length > ExternalLogin.MaxIssuerLength
                || string.IsNullOrEmpty(subject) || subject.Length > ExternalLogin.MaxSubjectLength)
            {
                return Refused("bad-subject", $"A subject has 1 to {ExternalLogin.MaxSubjectLength} characters, and an issuer is an address.");
            }

            FactDigest who = ExternalLogin.DigestOf(issuer, subject);
            if (await change.Db.ExternalLogins.AnyAsync(row => row.Who == who && row.EndedAt == null, cancellationToken))
            {
                return Refused("taken", "This person of the provider is linked already.");
            }

            if (!await change.Db.Users.AnyAsync(row => row.Id == user.Value && row.Kind == AccountKind.Person, cancellationToken))
            {
                return Refused("unknown", "There is no such account of a person.");
            }

            ExternalLogin link = new(ExternalLoginId.New(), user, issuer, who, actor.User, change.Now);
            change.Add(link, "external-login.linked", scope: null);
            return new ExternalLoginOutcome.Changed(link);
        }, cancellationToken);
    }

    /// <summary>Ends a link; the roles that groups gave go with it at once.</summary>
    /// <param name="actor">Who ends it.</param>
    /// <param name="id">Which link.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public async Task<ExternalLoginOutcome> EndAsync(Actor actor, ExternalLoginId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ExternalLoginOutcome outcome = await gate.RunAsync<ExternalLoginOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            ExternalLogin? link = await change.Db.ExternalLogins
                .FirstOrDefaultAsync(row => row.Id == id && row.EndedAt == null, cancellationToken);
            if (standing.RefusalFor(Right.Administer) is Refusal noRight)
            {
                return new ExternalLoginOutcome.Refused(noRight);
            }

            if (link is null)
            {
                return Refused("unknown", "There is no such link, or it has ended.");
            }

            GovernanceUser account = await change.Db.Users.FirstAsync(row => row.Id == link.User.Value, cancellationToken);
            await RecordExternalSignIn.SetRolesAsync(change, link, account, new HashSet<Role>(), cancellationToken);
            change.Change(link, "external-login.ended", scope: null, row => row.End(change.Now));
            return new ExternalLoginOutcome.Changed(link);
        }, cancellationToken);
        if (outcome is ExternalLoginOutcome.Changed { Login.User: var user })
        {
            signal.Tell(user);
        }

        return outcome;
    }

    private static ExternalLoginOutcome.Refused Refused(string code, string sentence) => new(new Refusal(code, sentence));
}

/// <summary>What came of a change of links.</summary>
public abstract record ExternalLoginOutcome
{
    private ExternalLoginOutcome()
    {
    }

    /// <summary>It is as asked.</summary>
    public sealed record Changed(ExternalLogin Login) : ExternalLoginOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : ExternalLoginOutcome;
}
