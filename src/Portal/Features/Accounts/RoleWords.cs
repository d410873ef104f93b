using System.Text;
using Governance.Registry.Access;

namespace Governance.Portal.Features.Accounts;

/// <summary>Roles as people say them.</summary>
internal static class RoleWords
{
    /// <summary>Roles in a row; "No role" for none.</summary>
    public static string Of(IReadOnlyCollection<Role> roles) =>
        roles.Count == 0 ? "No role" : string.Join(", ", roles.Order().Select(role => Of(role.ToString())));

    /// <summary>"ComplianceApprover" becomes "Compliance approver".</summary>
    public static string Of(string role)
    {
        StringBuilder words = new();
        foreach (char letter in role)
        {
            words.Append(char.IsUpper(letter) && words.Length > 0 ? $" {char.ToLowerInvariant(letter)}" : letter.ToString());
        }

        return words.ToString();
    }

    /// <summary>What a role is for, in half a sentence.</summary>
    public static string PurposeOf(Role role) => role switch
    {
        Role.Developer => "builds, registers and submits models",
        Role.Reviewer => "challenges: technical, fairness, security",
        Role.Approver => "decides on versions, for compliance",
        Role.Auditor => "sees everything, changes nothing",
        Role.Consumer => "asks models for answers",
        Role.Operator => "deploys, suspends, schedules",
        Role.Administrator => "manages accounts, keys and policies; decides on no model",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}
