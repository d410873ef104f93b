using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.ServiceAccounts;

/// <summary>A program's account.</summary>
/// <param name="Name">As user names: letters, digits and <c>-._@+</c>.</param>
/// <param name="DisplayName">What pages call it.</param>
/// <param name="Owner">The person who answers for it, collects its tokens and is told of alarms.</param>
/// <param name="Roles">Consumer, Operator or both.</param>
public sealed record NewServiceAccount(string Name, string DisplayName, UserId Owner, IReadOnlySet<Role> Roles);

/// <summary>Makes a service account: without password, it cannot sign in.</summary>
public sealed class AddServiceAccount(AppendGate gate)
{
    private static readonly HashSet<Role> Allowed = [Role.Consumer, Role.Operator];

    /// <summary>Adds the account; an administrator may, but not with themself as its owner, and the system.</summary>
    /// <param name="actor">Who adds it.</param>
    /// <param name="wish">What it is.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<AddUserOutcome> RunAsync(Actor actor, NewServiceAccount wish, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wish);
        return gate.RunAsync<AddUserOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            string normalized = wish.Name.Trim().ToUpperInvariant();
            GovernanceUser? owner = await change.Db.Users.AsNoTracking()
                .FirstOrDefaultAsync(row => row.Id == wish.Owner.Value, cancellationToken);
            Refusal? refusal = standing.RefusalFor(Right.Administer)
                ?? AccountNames.RefusalFor(wish.Name, wish.DisplayName)
                ?? (owner is not { Kind: AccountKind.Person, Deactivated: false }
                    ? new Refusal("bad-owner", "A service account needs a person who answers for it, with an account of their own.")
                    : actor.User == wish.Owner
                    ? new Refusal("self-grant", "An administrator does not answer for a service account themself: they would get its rights. Name another person.")
                    : wish.Roles.Count == 0 ? new Refusal("no-role", "An account needs at least one role.")
                    : RefusalFor(AccountKind.Service, wish.Roles));
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
                UserName = wish.Name.Trim(),
                NormalizedUserName = normalized,
                DisplayName = wish.DisplayName.Trim(),
                Kind = AccountKind.Service,
                Owner = wish.Owner,
                SecurityStamp = Guid.CreateVersion7().ToString("n"),
                ConcurrencyStamp = Guid.CreateVersion7().ToString("n"),
            };
            change.Db.Users.Add(account);
            await AddUser.AddRolesAsync(change.Db, account.Id, wish.Roles, cancellationToken);
            change.Write(
                new LedgerSubject(LedgerSubject.User, account.Person.ToString()), "user.service-added", scope: null, before: null,
                AccountFact.DigestOf(account.Person, deactivated: false, wish.Roles, wish.Owner));
            return new AddUserOutcome.Added(new Person(account.Person, account.DisplayName, wish.Roles));
        }, cancellationToken);
    }

    /// <summary>Why an account of this kind may not hold these roles, or null: a program asks and deploys, people judge.</summary>
    internal static Refusal? RefusalFor(AccountKind kind, IReadOnlySet<Role> roles) =>
        kind == AccountKind.Service && !roles.IsSubsetOf(Allowed)
            ? new Refusal("bad-role", "A service account is a consumer or an operator: building, judging and administering are people's.")
            : null;
}
