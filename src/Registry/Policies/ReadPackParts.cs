using Governance.Registry.Models;
using Governance.Registry.Yaml;

namespace Governance.Registry.Policies;

/// <summary>The smaller parts of a policy pack in YAML.</summary>
/// <param name="fields">The keys of the pack.</param>
internal sealed class ReadPackParts(YamlFields fields)
{
    private const int MostDays = 3_650;

    /// <summary>A text of at most <see cref="ReadPolicyPack.MaxTextLength"/> characters that must be there.</summary>
    public string Sentence(string key) => SentenceOf(fields, key);

    /// <summary>The same of another part.</summary>
    public static string SentenceOf(YamlFields part, string key)
    {
        string text = part.NeedText(key);
        return text.Length <= ReadPolicyPack.MaxTextLength ? text
            : throw YamlFaultException.At(part.Need(key), $"'{key}' has at most {ReadPolicyPack.MaxTextLength} characters.");
    }

    /// <summary>The part <c>reports</c>.</summary>
    public IReadOnlyList<ReportDuty> Reports() => Unique("reports", "each of 'reports'", duty => duty.Id, part => new ReportDuty
    {
        Id = part.NeedText("id"),
        Metric = ReadPackGates.Metric(part),
        Of = SentenceOf(part, "of"),
        Citation = SentenceOf(part, "citation"),
    });

    /// <summary>The part <c>corrections</c>.</summary>
    public IReadOnlyList<CorrectionRule> Corrections() => Unique("corrections", "each of 'corrections'", rule => rule.Family, part => new CorrectionRule
    {
        Family = part.NeedText("family"),
        Method = Word<CorrectionMethod>(part, "method"),
        Alpha = part.Share("alpha") ?? throw part.Lacks("alpha"),
        Citation = SentenceOf(part, "citation"),
    });

    /// <summary>The part <c>tiers</c>: a base names each tier once; a supplement may name those where it asks for more than the base.</summary>
    public IReadOnlyList<TierRule> Tiers(PackKind kind)
    {
        IReadOnlyList<TierRule> rules = Unique("tiers", "each of 'tiers'", rule => ReadPolicyPack.TierName(rule.Tier), part => new TierRule
        {
            Tier = Word<RiskTier>(part, "tier"),
            Reviewers = (int)ReadPolicyPack.Needed(part, "reviewers", 1, 10),
            Approvers = (int)ReadPolicyPack.Needed(part, "approvers", 1, 10),
            EvidenceDays = (int)ReadPolicyPack.Needed(part, "evidenceDays", 1, MostDays),
            CadenceDays = (int)ReadPolicyPack.Needed(part, "cadenceDays", 1, MostDays),
            Citation = SentenceOf(part, "citation"),
        });
        RiskTier[] absent = [.. Enum.GetValues<RiskTier>().Except(rules.Select(rule => rule.Tier))];
        return kind == PackKind.Supplement || absent.Length == 0
            ? [.. rules.OrderBy(rule => rule.Tier)]
            : throw YamlFaultException.At(fields.Find("tiers") ?? fields.Place, $"a base names each tier; missing {string.Join(", ", absent.Select(ReadPolicyPack.TierName))} under 'tiers'.");
    }

    /// <summary>The part <c>triggers</c>.</summary>
    public IReadOnlyList<PolicyTrigger> Triggers() => Unique("triggers", "each of 'triggers'", trigger => trigger.On.ToString(), part => new PolicyTrigger
    {
        On = Word<TriggerEvent>(part, "on"),
        Then = Word<TriggerEffect>(part, "then"),
        Citation = SentenceOf(part, "citation"),
    });

    /// <summary>The part <c>limits</c>.</summary>
    public IReadOnlyList<PolicyLimit> Limits() => Unique("limits", "each of 'limits'", limit => limit.Id, part => new PolicyLimit
    {
        Id = part.NeedText("id"),
        Name = SentenceOf(part, "name"),
        Value = part.Number("value") ?? throw part.Lacks("value"),
        Stricter = Word<Stricter>(part, "stricter"),
        Citation = SentenceOf(part, "citation"),
    });

    /// <summary>One of the names of an enumeration, in lower case with hyphens.</summary>
    public static TEnum Word<TEnum>(YamlFields part, string key)
        where TEnum : struct, Enum
    {
        TEnum[] values = Enum.GetValues<TEnum>();
        string[] words = [.. values.Select(value => Kebab(value.ToString()))];
        string word = part.Word(key, words) ?? throw part.Lacks(key);
        return values[Array.IndexOf(words, word)];
    }

    private IReadOnlyList<T> Unique<T>(string key, string each, Func<T, string> name, Func<YamlFields, T> read)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        return fields.Parts(key, each, part =>
        {
            T item = read(part);
            return names.Add(name(item)) ? item : throw YamlFaultException.At(part.Place, $"'{name(item)}' stands in '{key}' twice.");
        }) ?? [];
    }

    private static string Kebab(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
