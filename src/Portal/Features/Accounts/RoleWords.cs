using System.Text;

namespace Governance.Portal.Features.Accounts;

/// <summary>Roles as people say them.</summary>
internal static class RoleWords
{
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
}
