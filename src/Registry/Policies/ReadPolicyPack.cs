using System.Globalization;
using Governance.Registry.Models;
using Governance.Registry.Yaml;

namespace Governance.Registry.Policies;

/// <summary>Reads a policy pack from YAML. Whatever is wrong in it is refused with line and column.</summary>
public static class ReadPolicyPack
{
    /// <summary>The version of the form that is read.</summary>
    public const string Schema = "policy/1";

    /// <summary>The longest name of a pack, in UTF-16 code units.</summary>
    public const int MaxNameLength = 60;

    /// <summary>The longest text of a citation or another sentence, in UTF-16 code units.</summary>
    public const int MaxTextLength = 1_000;

    /// <summary>Reads a pack.</summary>
    /// <param name="text">YAML.</param>
    /// <exception cref="YamlFaultException">It is no policy pack; <see cref="YamlFaultException.Sentence"/> names line and column.</exception>
    public static PolicyPack Run(string text) =>
        YamlFields.Read(YamlText.Read(text, "policy pack", $"governance: {Schema}"), "a policy pack", Pack);

    private static PolicyPack Pack(YamlFields fields)
    {
        string schema = fields.NeedText("governance");
        if (schema != Schema)
        {
            throw YamlFaultException.At(fields.Need("governance"), $"this program reads policy packs of '{Schema}', not '{schema}'.");
        }

        PackKind kind = fields.Word("kind", "base", "supplement") == "supplement" ? PackKind.Supplement : PackKind.Base;
        ReadPackParts parts = new(fields);
        SmallGroups groups = YamlFields.Read(fields.Need("smallGroups"), "'smallGroups'", SmallGroups.Of);
        PolicyPack pack = new()
        {
            Name = Name(fields),
            Number = (int)Needed(fields, "number", 1, 1_000_000),
            Title = parts.Sentence("title"),
            Kind = kind,
            Citation = parts.Sentence("citation"),
            Jurisdiction = parts.Sentence("jurisdiction"),
            AppliesTo = parts.Sentence("appliesTo"),
            DoesNotSay = fields.Texts("doesNotSay") ?? [],
            EffectiveFrom = Day(fields, "effectiveFrom") ?? throw fields.Lacks("effectiveFrom"),
            EffectiveTo = Day(fields, "effectiveTo"),
            Level = fields.Share("level") ?? throw fields.Lacks("level"),
            SmallestGroup = groups.Rows,
            FewestEvents = groups.Events,
            SmallestShownGroup = groups.Shown,
            SmallGroupCitation = groups.Citation,
            Gates = ReadPackGates.Of(fields),
            Reports = parts.Reports(),
            Corrections = parts.Corrections(),
            Tiers = parts.Tiers(kind),
            Triggers = parts.Triggers(),
            Limits = parts.Limits(),
            Checklist = ReadPackChecklist.Of(fields),
        };
        return Whole(fields, pack);
    }

    private static PolicyPack Whole(YamlFields fields, PolicyPack pack)
    {
        if (pack.EffectiveTo < pack.EffectiveFrom)
        {
            throw YamlFaultException.At(fields.Need("effectiveTo"), "'effectiveTo' is before 'effectiveFrom'.");
        }

        if (pack.Kind == PackKind.Supplement && pack.Triggers.Count > 0)
        {
            throw YamlFaultException.At(fields.Need("triggers"), "a supplement has no 'triggers': they are the base's.");
        }

        return pack.Gates.Count + pack.Reports.Count == 0
            ? throw YamlFaultException.At(fields.Place, "a policy pack has 'gates', 'reports', or both.")
            : pack;
    }

    private static string Name(YamlFields fields)
    {
        string name = fields.NeedText("name");
        return name.Length <= MaxNameLength && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && char.IsAsciiLetterLower(name[0])
            ? name
            : throw YamlFaultException.At(fields.Need("name"), $"'name' is 1 to {MaxNameLength} lower-case letters, digits and hyphens, beginning with a letter.");
    }

    private static DateOnly? Day(YamlFields fields, string key) => fields.Text(key) is not string text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day
        : throw YamlFaultException.At(fields.Need(key), $"'{key}' is a day such as 2026-11-01, not '{text}'.");

    /// <summary>A whole number that must be there.</summary>
    internal static long Needed(YamlFields fields, string key, long least, long most) => fields.Whole(key, least, most) ?? throw fields.Lacks(key);

    /// <summary>A number by tier.</summary>
    internal static IReadOnlyDictionary<RiskTier, int>? ByTier(YamlFields fields, string key, long most) => fields.Find(key) is not YamlNode node ? null
        : YamlFields.Read(node, $"'{key}'", own =>
        {
            SortedDictionary<RiskTier, int> days = [];
            foreach (RiskTier tier in Enum.GetValues<RiskTier>())
            {
                if (own.Whole(TierName(tier), 1, most) is long number)
                {
                    days[tier] = (int)number;
                }
            }

            return (IReadOnlyDictionary<RiskTier, int>)days;
        });

    /// <summary>The tier as it stands in YAML.</summary>
    internal static string TierName(RiskTier tier) => tier.ToString().ToLowerInvariant();

    private sealed record SmallGroups(int Rows, int Events, int Shown, string Citation)
    {
        public static SmallGroups Of(YamlFields fields) => new(
            (int)Needed(fields, "rows", 1, 1_000_000), (int)Needed(fields, "events", 0, 1_000_000),
            (int)(fields.Whole("shown", 1, 1_000_000) ?? 10), fields.NeedText("citation"));
    }
}
