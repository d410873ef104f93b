using Governance.Registry.Yaml;

namespace Governance.Audit.Monitoring;

/// <summary>Reads one monitor of a plan, and refuses what its kind does not have.</summary>
internal static class ReadMonitorTerms
{
    /// <summary>The longest id.</summary>
    public const int MaxIdLength = 60;

    /// <summary>Reads it.</summary>
    /// <param name="fields">The part of the plan.</param>
    /// <param name="spec">The plan with its windows and cohorts.</param>
    /// <exception cref="YamlFaultException">Something in it is wrong.</exception>
    public static MonitorTerms Of(YamlFields fields, MonitorSpec spec)
    {
        string id = fields.NeedText("id");
        if (id.Length > MaxIdLength)
        {
            throw YamlFaultException.At(fields.Need("id"), $"'id' has at most {MaxIdLength} characters.");
        }

        MonitorKind kind = Enum.Parse<MonitorKind>(
            fields.Word("kind", [.. Enum.GetNames<MonitorKind>().Select(name => name.ToLowerInvariant())]) ?? throw fields.Lacks("kind"), ignoreCase: true);
        MonitorTerms terms = new()
        {
            Id = id,
            Kind = kind,
            Window = Known(fields, "window", spec.Windows.Keys) ?? throw fields.Lacks("window"),
            Cohort = Known(fields, "cohort", spec.Cohorts.Keys),
            Share = fields.Number("share", 0.001, 1000) ?? 1,
            Correction = fields.Word("correction", "holm", "bh") ?? "holm",
        };
        return kind switch
        {
            MonitorKind.Drift => terms with { Columns = Columns(fields), Test = fields.Word("test", [.. DriftTestNames]) ?? "auto" },
            MonitorKind.Quality => terms with { Columns = Columns(fields) },
            MonitorKind.Multivariate => terms with
            {
                Columns = Columns(fields),
                Test = fields.Word("test", "mmd", "classifier") ?? "mmd",
                Rows = Sample(fields, 200),
            },
            MonitorKind.Attribution => Limited(fields, terms with { Rows = Sample(fields, 100) }),
            MonitorKind.Performance or MonitorKind.Latency => Limited(fields, terms with { Metrics = Metrics(fields, kind, null) }),
            MonitorKind.Estimate => Limited(fields, WithAttribute(fields, terms, needed: false)),
            MonitorKind.Fairness => Limited(fields, WithAttribute(fields, terms, needed: true)),
            _ => terms,
        };
    }

    /// <summary>The tests of a drift monitor.</summary>
    public static IReadOnlyList<string> DriftTestNames { get; } = ["auto", "ks", "levels", "psi", "js", "wasserstein", "hellinger", "linf", "tvd", "chi2"];

    private static MonitorTerms WithAttribute(YamlFields fields, MonitorTerms terms, bool needed)
    {
        string? attribute = fields.Text("attribute");
        return attribute is null && needed
            ? throw fields.Lacks("attribute")
            : terms with { Attribute = attribute, Metrics = Metrics(fields, terms.Kind, attribute) };
    }

    private static MonitorTerms Limited(YamlFields fields, MonitorTerms terms)
    {
        (double? least, double? most) = (fields.Number("atLeast"), fields.Number("atMost"));
        return least is not null && most is not null
            ? throw YamlFaultException.At(fields.Need("atMost"), "a monitor has one limit, 'atLeast' or 'atMost'.")
            : terms with { AtLeast = least, AtMost = most };
    }

    private static int Sample(YamlFields fields, int otherwise) => (int)(fields.Whole("rows", 20, 5_000) ?? otherwise);

    private static IReadOnlyList<string>? Columns(YamlFields fields) =>
        fields.Find("columns") is YamlScalar { Text: "all" } ? null : fields.Texts("columns");

    private static IReadOnlyList<string> Metrics(YamlFields fields, MonitorKind kind, string? attribute)
    {
        IReadOnlyList<string> known = MonitorMetrics.Of(kind, attribute is not null);
        IReadOnlyList<string> asked = fields.Texts("metrics") ?? [];
        return asked.FirstOrDefault(name => !known.Contains(name)) is string stranger
            ? throw YamlFaultException.At(
                fields.Need("metrics"), $"'{stranger}' is no metric of a monitor of kind {kind.ToString().ToLowerInvariant()}; known are {string.Join(", ", known)}.")
            : asked;
    }

    private static string? Known(YamlFields fields, string key, IEnumerable<string> names)
    {
        string? name = fields.Text(key);
        return name is null || names.Contains(name)
            ? name
            : throw YamlFaultException.At(fields.Need(key), $"the plan has no {key} '{name}'{(ClosestWord.To(name, names) is string meant ? $" (did you mean '{meant}'?)" : "")}.");
    }
}
