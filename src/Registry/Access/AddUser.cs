using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Access;

/// <summary>A new account.</summary>
/// <param name="UserName">For signing in; letters, digits and <c>-._@+</c>.</param>
/// <param name="DisplayName">The name that pages show.</param>
/// <param name="Password">At least 12 characters; kept only as a salted hash.</param>
/// <param name="Roles">At least one.</param>
public sealed record NewUser(string UserName, string DisplayName, string Password, IReadOnlySet<Role> Roles)
{
    /// <summary>For messages to the person; null for none. At most 256 characters.</summary>
    public string? Email { get; init; }
}

/// <summary>Makes an account with its roles.</summary>
public sealed class AddUser(AppendGate gate, IPasswordHasher<GovernanceUser> hasher)
{
    /// <summary>The shortest password, in UTF-16 code units.</summary>
    public const int MinPasswordLength = 12;

    /// <summary>Adds the account; an administrator may, and the system (the first administrator comes from the command line).</summary>
    public Task<AddUserOutcome> RunAsync(Actor actor, NewUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return gate.RunAsync<AddUserOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            string normalized = user.UserName.Trim().ToUpperInvariant();
            Refusal? refusal = standing.RefusalFor(Right.Administer) ?? RefusalFor(user)
                ?? (actor.User is not null && user.Roles.Contains(Role.Administrator) ? ChangeAccount.NeedsSecond : null);
            if (refusal is null && await change.Db.Users.AnyAsync(row => row.NormalizedUserName == normalized, cancellationToken))
            {
                refusal = new Refusal("taken", "There is an account of this name already. Choose another.");
            }

            if (refusal is not null)
            {
                return new AddUserOutcome.Refused(refusal);
            }

            GovernanceUser account = new()
            {
                Id = UserId.New().Value,
                UserName = user.UserName.Trim(),
                NormalizedUserName = normalized,
                DisplayName = user.DisplayName.Trim(),
                Email = user.Email?.Trim(),
                NormalizedEmail = user.Email?.Trim().ToUpperInvariant(),
                LockoutEnabled = true,
                SecurityStamp = Guid.CreateVersion7().ToString("n"),
                ConcurrencyStamp = Guid.CreateVersion7().ToString("n"),
            };
            account.PasswordHash = hasher.HashPassword(account, user.Password);
            change.Db.Users.Add(account);
            await AddRolesAsync(change.Db, account.Id, user.Roles, cancellationToken);
            change.Write(
                new LedgerSubject(LedgerSubject.User, account.Person.ToString()), "user.added", scope: null, before: null,
                AccountFact.DigestOf(account.Person, deactivated: false, user.Roles));
            return new AddUserOutcome.Added(new Person(account.Person, account.DisplayName, user.Roles));
        }, cancellationToken);
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

    private static Refusal? RefusalFor(NewUser user)
    {
        return AccountNames.RefusalFor(user.UserName, user.DisplayName) is Refusal name ? name
            : user.Password.Length < MinPasswordLength
            ? new Refusal("short-password", $"A password has at least {MinPasswordLength} characters.")
            : user.Email is string email && (email.Trim().Length is 0 or > 256 || !email.Contains('@', StringComparison.Ordinal))
            ? new Refusal("bad-email", "An e-mail address has an @ and at most 256 characters.")
            : user.Roles.Count == 0
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
