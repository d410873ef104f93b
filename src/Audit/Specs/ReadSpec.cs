using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Registry.Yaml;

namespace Governance.Audit.Specs;

/// <summary>Reads an audit spec. Whatever is wrong in it is refused with line and column, before any file is opened.</summary>
public static class ReadSpec
{
    /// <summary>The version of the form that is read.</summary>
    public const string Schema = "audit/1";

    /// <summary>Reads a spec.</summary>
    /// <param name="text">YAML.</param>
    /// <exception cref="InputException">It is no spec; the sentence names line and column.</exception>
    public static AuditSpec Run(string text)
    {
        try
        {
            return YamlFields.Read(
                YamlText.Read(text, "spec", $"governance: {Schema}"), "a spec",
                fields => Spec(fields, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))));
        }
        catch (YamlFaultException fault)
        {
            throw new InputException(fault.Sentence("spec"), fault) { Line = fault.Line == 0 ? null : fault.Line };
        }
    }

    private static AuditSpec Spec(YamlFields fields, string sha256)
    {
        string schema = fields.NeedText("governance");
        if (schema != Schema)
        {
            throw YamlFaultException.At(fields.Need("governance"), $"this program reads specs of '{Schema}', not '{schema}'.");
        }

        string name = Title(fields);
        ReadSpecData data = YamlFields.Read(fields.Need("data"), "'data'", ReadSpecData.Of);
        IReadOnlyList<NamedCohort> cohorts = Cohorts(fields);
        (IReadOnlyList<string> attributes, AuditMeasures measures) = Fairness(fields, new AuditMeasures { SpecSha256 = sha256, Cohorts = cohorts });
        measures = Performance(fields, measures) with
        {
            Where = data.Evaluation.Where,
            Weight = data.Evaluation.Weight,
            Budget = fields.Part("budget", Budget),
            Drift = fields.Part("drift", ReadSpecDrift.Of),
            RedTeam = fields.Part("redteam", ReadSpecRedTeam.Of),
            Robustness = fields.Part("robustness", ReadSpecStress.Robustness),
            Slices = fields.Part("slices", ReadSpecStress.Slices),
            Stability = fields.Part("stability", ReadSpecStress.Stability),
        };
        if (measures.Drift is not null && data.Reference is null)
        {
            throw YamlFaultException.At(fields.Need("drift"), "drift needs 'reference' under 'data'.");
        }

        return new AuditSpec
        {
            Name = name,
            Sha256 = sha256,
            Seed = (int)(fields.Whole("seed", 0, int.MaxValue) ?? 0),
            Models = Models(fields),
            Evaluation = data.Evaluation,
            Background = data.Background,
            BackgroundRows = data.BackgroundRows,
            Reference = data.Reference,
            Current = data.Current,
            Threshold = fields.Part("decision", decision => new Box<double?>(decision.Number("threshold")))?.Value,
            Explanation = fields.Part("explain", ReadSpecExplain.Of) ?? new ExplanationOptions { Rows = 0 },
            Protected = attributes,
            Measures = measures with { Gates = ReadSpecGates.Of(fields, attributes, measures) },
            Schedule = fields.Part("schedule", Schedule),
        };
    }

    private static string Title(YamlFields fields)
    {
        string name = fields.NeedText("name");
        return name.Length <= Registry.Evidence.AuditRun.MaxTitleLength
            ? name
            : throw YamlFaultException.At(fields.Need("name"), $"'name' has at most {Registry.Evidence.AuditRun.MaxTitleLength} characters.");
    }

    private static SpecModel[] Models(YamlFields fields)
    {
        YamlNode? single = fields.Find("model");
        IReadOnlyList<SpecModel>? several = fields.Parts("models", "each of 'models'", Model);
        if ((single is null) == (several is null))
        {
            throw YamlFaultException.At(fields.Place, "a spec needs 'model', or a list 'models'.");
        }

        SpecModel[] models = single is null ? [.. several!] : [YamlFields.Read(single, "'model'", Model)];
        return models.Length == 0 ? throw YamlFaultException.At(fields.Need("models"), "'models' is empty.")
            : models.Select(model => model.Name).Distinct(StringComparer.Ordinal).Count() < models.Length
                ? throw YamlFaultException.At(fields.Need("models"), "two models have the same name; give them a 'name'.")
                : models;
    }

    private static SpecModel Model(YamlFields fields)
    {
        (string? file, string? version) = (fields.Text("file"), fields.Text("version"));
        if ((file is null) == (version is null))
        {
            throw YamlFaultException.At(fields.Place, "a model is given by 'file', or by 'version' such as hmda-mortgage/3.");
        }

        if (version is not null && !(version.LastIndexOf('/') is > 0 and int slash
            && int.TryParse(version[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0))
        {
            throw YamlFaultException.At(fields.Need("version"), $"'version' is MODEL/NUMBER such as hmda-mortgage/3, not '{version}'.");
        }

        string? encoding = fields.Text("encoding");
        return encoding is not null && version is not null
            ? throw YamlFaultException.At(fields.Need("encoding"), "a registered version has its own encoding; leave 'encoding' out.")
            : new SpecModel(fields.Text("name") ?? version ?? NameOf(file!), file, encoding, version);
    }

    // model.onnx says nothing; then the folder does.
    private static string NameOf(string file)
    {
        string[] parts = file.Split('/', '\\');
        string name = Path.GetFileNameWithoutExtension(parts[^1]);
        return name == "model" && parts.Length > 1 && parts[^2] is not ("." or "..") ? parts[^2] : name;
    }

    private static NamedCohort[] Cohorts(YamlFields fields) =>
    [
        .. (fields.Named("cohorts") ?? []).Select(cohort =>
        {
            YamlNode value = ((YamlMap)fields.Need("cohorts")).Entries.First(entry => entry.Key == cohort.Name).Value;
            Checked(value, () => Cohort.Parse(cohort.Text));
            return new NamedCohort(cohort.Name.Text, cohort.Text);
        }),
    ];

    private static (IReadOnlyList<string> Attributes, AuditMeasures Measures) Fairness(YamlFields spec, AuditMeasures measures) =>
        spec.Find("fairness") is YamlNode node
            ? YamlFields.Read(node, "'fairness'", fields => ReadSpecFairness.Of(fields, measures)).Both
            : ([], measures);

    private static AuditMeasures Performance(YamlFields spec, AuditMeasures measures) => spec.Find("performance") is not YamlNode node
        ? measures
        : YamlFields.Read(node, "'performance'", fields => PerformanceInterval(fields, measures) with
        {
            Metrics = fields.Find("metrics") is YamlScalar { Text: "all" } ? null : fields.Texts("metrics"),
            Bins = (int)(fields.Whole("bins", 1, 1_000) ?? 10),
            Ece = fields.Word("ece", "uniform", "quantile") ?? "uniform",
        });

    private static AuditMeasures PerformanceInterval(YamlFields performance, AuditMeasures measures) =>
        performance.Part("interval", fields => measures with
        {
            Level = fields.Share("level") ?? measures.Level,
            PerformanceInterval = fields.Word("method", "analytic", "bootstrap", "bca") ?? measures.PerformanceInterval,
            PerformanceResamples = (int)(fields.Whole("resamples", 50, 100_000) ?? measures.PerformanceResamples),
        }) ?? measures;

    private static RunBudget Budget(YamlFields fields) => new(
        fields.Number("seconds", 1e-3, 1e7), fields.Whole("modelRows", 1, 1L << 53));

    private static SpecSchedule Schedule(YamlFields fields)
    {
        SpecSchedule schedule = new(fields.NeedText("cron"), fields.Text("timezone") ?? "UTC");
        if (schedule.Cron.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length is not (6 or 7))
        {
            throw YamlFaultException.At(fields.Need("cron"), "'cron' has six or seven fields: seconds, minutes, hours, day of month, month, day of week, year.");
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(schedule.TimeZone, out _)
            ? schedule
            : throw YamlFaultException.At(fields.Need("timezone"), $"there is no time zone '{schedule.TimeZone}'.");
    }

    /// <summary>Runs a check of another part of the program and gives its refusal the place in the spec.</summary>
    internal static void Checked(YamlNode node, Action check)
    {
        try
        {
            check();
        }
        catch (InputException fault)
        {
            throw YamlFaultException.At(node, fault.Message);
        }
    }

    private sealed record Box<T>(T Value);
}
