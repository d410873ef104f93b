using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;

namespace Governance.Audit.Counterfactuals;

/// <summary>The answer of the model that is looked for.</summary>
/// <param name="Class">The class to be predicted; null for a value.</param>
/// <param name="AtLeast">The least value to be predicted, inclusive; null for a class or an upper limit.</param>
/// <param name="AtMost">The largest value to be predicted, inclusive; null for a class or a lower limit.</param>
public sealed record CounterfactualTarget(string? Class, double? AtLeast = null, double? AtMost = null)
{
    /// <summary>The word that stands for the outcome that a person wants.</summary>
    public const string Favourable = "favourable";

    /// <summary>Reads a target.</summary>
    /// <param name="text">A class, "favourable", or "&gt;=v" and "&lt;=v" for a model of values; null takes the declared favourable outcome, else the other of two classes.</param>
    /// <param name="rule">What the model decides.</param>
    /// <param name="encoding">Says which outcome is favourable, where it does.</param>
    /// <param name="predicted">What the model answers for the case; null for a value.</param>
    /// <exception cref="InputException">The target fits no answer of the model.</exception>
    public static CounterfactualTarget Read(string? text, DecisionRule rule, ModelEncoding encoding, string? predicted)
    {
        if (rule.IsRegression)
        {
            return Value(text);
        }

        string? declared = encoding.Label?.Favourable;
        string? wanted = text is null or Favourable && !(rule.Classes?.Contains(Favourable) ?? false) ? declared : text;
        if (wanted is null && text is not null)
        {
            throw new InputException("The encoding does not say which outcome is favourable: name the class as the target.");
        }

        wanted ??= rule.Classes is { Count: 2 } two ? two.First(name => name != predicted) : null;
        if (wanted is null)
        {
            throw new InputException($"Name the class to reach as the target{(rule.Classes is null ? "." : $": {Listed(rule.Classes)}.")}");
        }

        return rule.Classes is { } classes && !classes.Contains(wanted)
            ? throw new InputException($"The target '{wanted}' is none of the model's classes {Listed(classes)}.")
            : new CounterfactualTarget(wanted);
    }

    /// <summary>The target in words, such as "'no'" or "at least 5,000".</summary>
    public string Words => Class is not null ? $"'{Class}'"
        : AtLeast is double low ? $"at least {low.ToString("#,0.######", CultureInfo.InvariantCulture)}"
        : $"at most {AtMost!.Value.ToString("#,0.######", CultureInfo.InvariantCulture)}";

    private static CounterfactualTarget Value(string? text)
    {
        string? sign = text is { Length: > 2 } ? text[..2] : null;
        return sign is ">=" or "<=" && PlainDecimal.TryParse(text![2..].Trim(), out double limit)
            ? sign == ">=" ? new CounterfactualTarget(null, AtLeast: limit) : new CounterfactualTarget(null, AtMost: limit)
            : throw new InputException("The model predicts a value: give the target as a limit, such as '>=5000' or '<=5000'.");
    }

    private static string Listed(IReadOnlyList<string> names) => string.Join(", ", names.Take(12)) + (names.Count > 12 ? ", …" : "");
}
