using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Proposals;

/// <summary>Making someone an administrator: two administrators, neither of them that person.</summary>
/// <remarks>The change is <c>{user, userName}</c>: the id decides, the name is for people.</remarks>
internal sealed class AdministratorProposal : IProposedChange
{
    /// <summary>The name of this kind.</summary>
    public const string Name = "administrator";

    public string Kind => Name;

    public static JsonObject Of(UserId user, string userName) => new() { ["user"] = user.ToString(), ["userName"] = userName };

    public async Task<Refusal?> RefusalForAsync(
        GovernanceDb db, Holdings holdings, JsonObject what, CancellationToken cancellationToken)
    {
        UserId user = UserOf(what);
        return AccessPolicy.Decide(holdings.Person.Roles, Right.Administer, default).Allowed
            ? holdings.Person.Id == user ? new Refusal("self-grant", "Nobody grants themself a role.")
                : await Standing.FindPersonAsync(db, user, cancellationToken) is null ? new Refusal("unknown", "There is no such account.")
                : null
            : RightsRefusals.For(Right.Administer);
    }

    public async Task ApplyAsync(RegistryChange change, JsonObject what, CancellationToken cancellationToken)
    {
        UserId user = UserOf(what);
        GovernanceUser account = await change.Db.Users.FirstAsync(row => row.Id == user.Value, cancellationToken);
        HashSet<Role> roles = await Standing.RolesOfAsync(change.Db, user, cancellationToken);
        roles.Add(Role.Administrator);
        await ChangeAccount.ApplyAsync(change, account, roles, account.Deactivated, cancellationToken);
    }

    public string Sentence(JsonObject what) => $"{what["userName"]} becomes an administrator.";

    private static UserId UserOf(JsonObject what) => new(Guid.Parse(what["user"]!.GetValue<string>()));
}
