using System.Text.Json.Nodes;
using Governance.Registry.Ledger;

namespace Governance.Registry.Access;

/// <summary>What the ledger holds of an account: its powers, and nothing of the person.</summary>
internal static class AccountFact
{
    /// <summary>The digest of an account's powers.</summary>
    public static FactDigest DigestOf(UserId user, bool deactivated, IEnumerable<Role> roles)
    {
        JsonArray names = [];
        foreach (Role role in roles.Distinct().Order())
        {
            names.Add(role.ToString());
        }

        return FactDigest.Of(new JsonObject
        {
            ["user"] = user.ToString(),
            ["deactivated"] = deactivated,
            ["roles"] = names,
        });
    }
}
