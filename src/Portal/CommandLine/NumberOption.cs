using System.CommandLine;
using System.CommandLine.Parsing;
using Governance.Audit.Data;

namespace Governance.Portal.CommandLine;

/// <summary>Flags that take a number as data files write them: 0.5 or 1e-3, never 0,5 or NaN.</summary>
/// <remarks>The parser's own conversion would read "0,5" as 5, because it takes the comma for a group separator.</remarks>
internal static class NumberOption
{
    /// <summary>A flag that may be left out.</summary>
    public static Option<double?> Optional(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, CustomParser = Read };

    /// <summary>A flag with a default.</summary>
    public static Option<double> WithDefault(string name, string description, double value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value, CustomParser = result => Read(result) ?? value };

    private static double? Read(ArgumentResult result)
    {
        if (result.Tokens is [Token token] && PlainDecimal.TryParse(token.Value, out double number))
        {
            return number;
        }

        string given = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        result.AddError($"{(result.Parent as OptionResult)?.Option.Name} takes a number such as 0.5, not '{given}'.");
        return null;
    }
}
