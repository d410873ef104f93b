using System.CommandLine;
using System.CommandLine.Parsing;
using Governance.Audit.Findings;

namespace Governance.Portal.CommandLine;

/// <summary>A command line that cannot be parsed, put into one sentence for a person.</summary>
internal static class UsageFault
{
    /// <summary>What is wrong, and where help is; the first fault if there are several.</summary>
    /// <param name="parsed">A command line with at least one error.</param>
    public static string Sentence(ParseResult parsed)
    {
        string command = string.Join(' ', Path(parsed.CommandResult).Reverse());
        return $"{What(parsed)} Try '{command} --help'.";
    }

    private static string What(ParseResult parsed)
    {
        ParseError fault = parsed.Errors[0];
        string words = string.Join(' ', fault.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        // A command that does something by itself lacks no other: its own fault is told.
        if (parsed.CommandResult.Command is { Subcommands.Count: > 0, Action: null })
        {
            string known = string.Join(", ", parsed.CommandResult.Command.Subcommands.Select(command => command.Name));
            return parsed.UnmatchedTokens.Count > 0
                ? $"There is no command '{parsed.UnmatchedTokens[0]}'; there are {known}."
                : $"A command is needed: {known}.";
        }

        if (fault.SymbolResult is not OptionResult { Tokens: [Token token, ..] } option)
        {
            return Ended(words);
        }

        int choices = words.IndexOf("Must be one of:", StringComparison.Ordinal);
        if (choices >= 0)
        {
            string[] allowed = [.. words[choices..].Split('\'').Where((_, i) => i % 2 == 1)];
            return $"{option.Option.Name} takes {PlainLists.Or(allowed)}, not '{token.Value}'.";
        }

        // Of typed options the parser reads whole numbers only; numbers with a fraction are read by NumberOption.
        return words.StartsWith("Cannot parse", StringComparison.Ordinal)
            ? $"{option.Option.Name} takes a whole number, not '{token.Value}'."
            : Ended(words);
    }

    private static IEnumerable<string> Path(CommandResult command)
    {
        for (SymbolResult? at = command; at is CommandResult result; at = at.Parent)
        {
            yield return result.Command is RootCommand ? "governance" : result.Command.Name;
        }
    }

    private static string Ended(string words) => words.EndsWith('.') ? words : words + ".";
}
