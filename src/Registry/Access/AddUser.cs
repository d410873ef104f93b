using Governance.Registry.Accounts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Access;

/// <summary>A new account.</summary>
/// <param name="UserName">For signing in; letters, digits and <c>-._@+</c>.</param>
/// <param name="DisplayName">The name that pages show.</param>
/// <param name="Password">As <see cref="PasswordRules"/> take it; kept only as a salted hash.</param>
/// <param name="Roles">At least one.</param>
public sealed record NewUser(string UserName, string DisplayName, string Password, IReadOnlySet<Role> Roles)
{
    /// <summary>For messages to the person; null for none. At most 256 characters.</summary>
    public string? Email { get; init; }
}

/// <summary>Makes an account with its roles.</summary>
public sealed class AddUser(AppendGate gate, IPasswordHasher<GovernanceUser> hasher)
{
    /// <summary>Adds the account; an administrator may, and the system (the first administrator comes from the command line).</summary>
    public Task<AddUserOutcome> RunAsync(Actor actor, NewUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return gate.RunAsync(actor, async change =>
        {
            Refusal? refusal = (await Standing.LoadAsync(change.Db, actor, null, cancellationToken)).RefusalFor(Right.Administer)
                ?? ChangeAccount.RefusalFor(actor, user.Roles);
            return refusal is null ? await AddAsync(change, user, cancellationToken) : new AddUserOutcome.Refused(refusal);
        }, cancellationToken);
    }

    /// <summary>Adds the first account of an installation; refused as soon as there is any.</summary>
    public Task<AddUserOutcome> FirstAsync(NewUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return gate.RunAsync(Actor.System, async change => await change.Db.Users.AnyAsync(cancellationToken)
            ? new AddUserOutcome.Refused(new Refusal("not-first", "There are accounts already. Sign in, or ask an administrator."))
            : await AddAsync(change, user, cancellationToken), cancellationToken);
    }

    /// <summary>Adds an account without a password inside a change.</summary>
    /// <returns>Why it was refused, or the account.</returns>
    internal static async Task<(Refusal? Refusal, GovernanceUser? Account)> AddAsync(
        RegistryChange change, string userName, string displayName, string? email, IReadOnlySet<Role> roles,
        CancellationToken cancellationToken)
    {
        string name = userName.Trim();
        string normalized = name.ToUpperInvariant();
        Refusal? refusal = RefusalFor(name, displayName, email, roles);
        if (refusal is null && await change.Db.Users.AnyAsync(row => row.NormalizedUserName == normalized, cancellationToken))
        {
            refusal = new Refusal("taken", "There is an account of this name already. Choose another.");
        }

        if (refusal is not null)
        {
            return (refusal, null);
        }

        GovernanceUser account = new()
        {
            Id = UserId.New().Value,
            UserName = name,
            NormalizedUserName = normalized,
            DisplayName = displayName.Trim(),
            Email = email?.Trim(),
            NormalizedEmail = email?.Trim().ToUpperInvariant(),
            LockoutEnabled = true,
            SecurityStamp = AccountLeaf.NewStamp(),
            ConcurrencyStamp = AccountLeaf.NewStamp(),
        };
        change.Db.Users.Add(account);
        await AddRolesAsync(change.Db, account.Id, roles, cancellationToken);
        return (null, account);
    }

    internal static async Task AddRolesAsync(
        GovernanceDb db, Guid user, IEnumerable<Role> roles, CancellationToken cancellationToken)
    {
        foreach (Role role in roles)
        {
            string name = role.ToString();
            IdentityRole<Guid> row = await db.Roles.FirstAsync(candidate => candidate.Name == name, cancellationToken);
            db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = user, RoleId = row.Id });
        }
    }

    private async Task<AddUserOutcome> AddAsync(RegistryChange change, NewUser user, CancellationToken cancellationToken)
    {
        (Refusal? refusal, GovernanceUser? account) = PasswordRules.RefusalFor(user.Password, user.UserName, user.DisplayName, user.Email)
            is Refusal weak && RefusalFor(user.UserName.Trim(), user.DisplayName, user.Email, user.Roles) is null
                ? (weak, null)
                : await AddAsync(change, user.UserName, user.DisplayName, user.Email, user.Roles, cancellationToken);
        if (refusal is not null)
        {
            return new AddUserOutcome.Refused(refusal);
        }

        account!.PasswordHash = hasher.HashPassword(account, user.Password);
        change.Write(
            new LedgerSubject(LedgerSubject.User, account.Person.ToString()), "user.added", scope: null, before: null,
            AccountFact.DigestOf(account.Person, deactivated: false, user.Roles));
        return new AddUserOutcome.Added(new Person(account.Person, account.DisplayName, user.Roles));
    }

    private static Refusal? RefusalFor(string name, string displayName, string? email, IReadOnlySet<Role> roles)
    {
        return AccountNames.RefusalFor(name, displayName) is Refusal bad ? bad
            : email is not null && (email.Trim().Length is 0 or > 256 || !email.Contains('@', StringComparison.Ordinal))
            ? new Refusal("bad-email", "An e-mail address has an @ and at most 256 characters.")
            : roles.Count == 0
            ? new Refusal("no-role", "An account needs at least one role.")
            : null;
    }
}

/// <summary>What came of a new account.</summary>
public abstract record AddUserOutcome
{
    private AddUserOutcome()
    {
    }

    /// <summary>It exists.</summary>
    public sealed record Added(Person Person) : AddUserOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : AddUserOutcome;
}
