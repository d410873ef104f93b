using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>For whom a finding is put into words.</summary>
public enum SentenceRegister
{
    /// <summary>People who answer for a model: plain words, limits and what is open.</summary>
    Compliance,

    /// <summary>People who measure models: names of metrics, intervals, p values.</summary>
    DataScience,
}

/// <summary>Findings in words of one language, always the same words for the same numbers.</summary>
/// <remarks>
/// The words are data: <c>en.json</c> ships in the program, and a file of another language in the folder <c>words</c>
/// beside the program is taken up by its name. What such a file lacks is said in English.
/// </remarks>
public sealed partial class FindingWords
{
    private static readonly ConcurrentDictionary<string, FindingWords> Known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, string>> parts;
    private readonly FindingWords? fallback;

    private FindingWords(Dictionary<string, Dictionary<string, string>> parts, FindingWords? fallback) => (this.parts, this.fallback) = (parts, fallback);

    /// <summary>The kinds of finding, each with a sentence in each register.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["ratio", "difference", "rate", "score", "attribution", "residual", "drift", "share", "robustness", "slices", "stability", "undefined"];

    /// <summary>The words of a language, English where there is no file of it.</summary>
    /// <param name="language">Such as "en" or "de-CH".</param>
    public static FindingWords For(string language) => Known.GetOrAdd(language, name => For(name, Path.Combine(AppContext.BaseDirectory, "words")));

    /// <summary>The words of a language from a folder of files such as <c>de.json</c>.</summary>
    /// <param name="language">Such as "en" or "de-CH"; the part before the hyphen is tried too.</param>
    /// <param name="folder">Need not exist.</param>
    /// <exception cref="JsonException">The file is no such JSON.</exception>
    public static FindingWords For(string language, string folder)
    {
        FindingWords english = new(Read(Assembly.GetExecutingAssembly().GetManifestResourceStream("Governance.Audit.Findings.Words.en.json")!), null);
        foreach (string name in (string[])[language, language.Split('-')[0]])
        {
            string file = Path.Combine(folder, name + ".json");
            if (Letters().IsMatch(name) && File.Exists(file))
            {
                return new FindingWords(Read(File.OpenRead(file)), english);
            }
        }

        return english;
    }

    /// <summary>A finding in one or two sentences, with its uncertainty.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="register">For whom.</param>
    /// <param name="level">The confidence level of its interval, in (0, 1).</param>
    public string Sentence(Finding finding, SentenceRegister register, double level)
    {
        string section = register == SentenceRegister.Compliance ? "compliance" : "data-science";
        Dictionary<string, string> values = FindingFigures.Of(finding, level, metric => Find("metrics", metric) ?? MetricWords.Of(metric));
        Fill("interval", finding.Value is null ? null : finding.Interval is null ? "part.no-interval" : "part.interval");
        Fill("extremes", finding.Extremes is null ? null : "part.extremes");
        Fill("cohort", finding.Cohort is null ? null : "part.cohort");
        Fill("slice", finding.Family == "slices" && finding.Slice is not null ? "part.slice" : finding.Group is not null ? "part.group" : finding.Attribute is not null ? "part.attribute"
            : finding.Family is "drift" or "explanation" && finding.Slice is not null ? "part.feature" : null);
        Fill("reason", finding.Reason is null ? null : "part.reason");
        Fill("p", finding.PValue is null ? null : "part.p");
        Fill("small", finding.Small is null ? null : $"part.small.{finding.Small.Of}");
        Fill("limit", finding.Gate is not { } gate ? null : gate.AtLeast is null ? "limit.most" : gate.AtMost is null ? "limit.least" : "limit.within");
        Fill("verdict", finding.Gate is null ? null : VerdictOf(finding, finding.Gate));
        return Filled(Template(section, KindOf(finding)), values);

        void Fill(string name, string? template) => values[name] = template is null ? "" : Filled(Template(section, template), values);
    }

    /// <summary>The kind of a finding.</summary>
    public static string KindOf(Finding finding) => finding switch
    {
        { Value: null } => "undefined",
        { Metric: "additivity_residual" } => "residual",
        { Family: "explanation" } => "attribution",
        { Family: "drift", Slice: null } => "share",
        { Family: "drift" } => "drift",
        { Family: "performance" } => "score",
        { Family: "robustness" or "slices" or "stability" } => finding.Family,
        { Group: not null } => "rate",
        { Attribute: null } => "score",
        _ => finding.Metric.EndsWith("_ratio", StringComparison.Ordinal) ? "ratio"
            : finding.Metric.EndsWith("_difference", StringComparison.Ordinal) ? "difference" : "score",
    };

    private static string VerdictOf(Finding finding, GateOutcome gate) => gate.Verdict switch
    {
        GateVerdict.Meets => "gate.meets",
        GateVerdict.Breaches => "gate.breaches",
        _ => gate.NeededN is not null ? "gate.needed" : finding.Interval is null && finding.Value is not null ? "gate.no-interval" : "gate.inconclusive",
    };

    private static string Filled(string template, Dictionary<string, string> values) =>
        Placeholder().Replace(template, match => values.GetValueOrDefault(match.Groups[1].Value) ?? "");

    private string Template(string section, string key) =>
        Find(section, key) ?? fallback?.Template(section, key) ?? throw new InvalidOperationException($"There are no words for {section}/{key}.");

    private string? Find(string section, string key) => parts.GetValueOrDefault(section)?.GetValueOrDefault(key) ?? fallback?.Find(section, key);

    private static Dictionary<string, Dictionary<string, string>> Read(Stream stream)
    {
        using (stream)
        {
            return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream) ?? throw new JsonException("The words are empty.");
        }
    }

    [GeneratedRegex(@"\{([A-Za-z]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex("^[A-Za-z-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Letters();
}
