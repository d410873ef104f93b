using System.CommandLine;
using Governance.Audit.Data;
using Governance.Registry.Access;

namespace Governance.Portal.Features.Accounts;

/// <summary>Roles on a command line: both "--role A,B" and "--role A --role B", in any case of letters.</summary>
internal static class RoleOption
{
    /// <summary>The option.</summary>
    public static readonly Option<string[]> Roles = new("--role")
    {
        Description = $"One or more of {string.Join(", ", Enum.GetNames<Role>())}, separated by commas.",
        HelpName = "R[,R]",
        Required = true,
    };

    /// <summary>What was given.</summary>
    /// <exception cref="InputException">A word is no role.</exception>
    public static HashSet<Role> Read(ParseResult arguments)
    {
        HashSet<Role> roles = [];
        foreach (string word in arguments.GetValue(Roles)!
            .SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            string? known = Enum.GetNames<Role>().FirstOrDefault(role => role.Equals(word, StringComparison.OrdinalIgnoreCase));
            roles.Add(known is null
                ? throw new InputException($"There is no role '{word}'. There are {string.Join(", ", Enum.GetNames<Role>())}.")
                : Enum.Parse<Role>(known));
        }

        return roles;
    }
}
