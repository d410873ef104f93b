using Governance.Audit.Data;

namespace Governance.Portal.CommandLine;

/// <summary>Words of a flag that name values of an enum: separated by commas or by repeating the flag, in any case.</summary>
internal static class EnumList
{
    /// <summary>For the description of the flag: "a, b, c".</summary>
    public static string Choices<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));

    /// <summary>Reads them.</summary>
    /// <param name="values">The flag's values.</param>
    /// <param name="what">What one is called, such as "role".</param>
    /// <exception cref="InputException">A word names none.</exception>
    public static HashSet<T> Read<T>(IEnumerable<string> values, string what)
        where T : struct, Enum => [.. Words(values).Select(word =>
            Enum.GetNames<T>().FirstOrDefault(name => name.Equals(word, StringComparison.OrdinalIgnoreCase)) is string known
                ? Enum.Parse<T>(known)
                : throw new InputException($"There is no {what} '{word}'. There are {Choices<T>()}."))];

    /// <summary>The words of a flag that may be repeated or separated by commas.</summary>
    public static IEnumerable<string> Words(IEnumerable<string>? values) => (values ?? []).SelectMany(
        value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
