using System.Text.Json.Nodes;
using Governance.Registry.Ledger;

namespace Governance.Registry.Access;

/// <summary>What the ledger holds of an account: its powers, and nothing of the person.</summary>
internal static class AccountFact
{
    /// <summary>The digest of an account's powers.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="deactivated">Whether it may do nothing.</param>
    /// <param name="roles">All that it holds.</param>
    /// <param name="owner">Who answers for a service account; null for a person's, whose digest says nothing of it.</param>
    public static FactDigest DigestOf(UserId user, bool deactivated, IEnumerable<Role> roles, UserId? owner = null)
    {
        JsonArray names = [];
        foreach (Role role in roles.Distinct().Order())
        {
            names.Add(role.ToString());
        }

        JsonObject fact = new()
        {
            ["user"] = user.ToString(),
            ["deactivated"] = deactivated,
            ["roles"] = names,
        };
        if (owner is UserId person)
        {
            fact["owner"] = person.ToString();
        }

        return FactDigest.Of(fact);
    }
}
