using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Registry.Yaml;

namespace Governance.Audit.Monitoring;

/// <summary>Reads a plan of monitors. Whatever is wrong in it is refused with line and column.</summary>
public static class ReadMonitorSpec
{
    /// <summary>The version of the form that is read.</summary>
    public const string Schema = "monitors/1";

    /// <summary>The longest name.</summary>
    public const int MaxNameLength = 120;

    /// <summary>The most monitors.</summary>
    public const int MostMonitors = 100;

    /// <summary>Reads a plan.</summary>
    /// <param name="text">YAML.</param>
    /// <exception cref="InputException">It is no plan; the sentence names line and column.</exception>
    public static MonitorSpec Run(string text)
    {
        try
        {
            return YamlFields.Read(
                YamlText.Read(text, "plan", $"governance: {Schema}"), "a plan",
                fields => Spec(fields, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))));
        }
        catch (YamlFaultException fault)
        {
            throw new InputException(fault.Sentence("plan"), fault) { Line = fault.Line == 0 ? null : fault.Line };
        }
    }

    private static MonitorSpec Spec(YamlFields fields, string sha256)
    {
        string schema = fields.NeedText("governance");
        if (schema != Schema)
        {
            throw YamlFaultException.At(fields.Need("governance"), $"this program reads plans of '{Schema}', not '{schema}'.");
        }

        (int rows, int events) = fields.Find("smallest") is YamlNode smallest
            ? YamlFields.Read(smallest, "'smallest'", part => ((int)(part.Whole("rows", 1, 1_000_000) ?? 30), (int)(part.Whole("events", 1, 1_000_000) ?? 10)))
            : (30, 10);
        MonitorSpec spec = new()
        {
            Name = Short(fields, "name"),
            Sha256 = sha256,
            Seed = (int)(fields.Whole("seed", 0, int.MaxValue) ?? 0),
            Budget = YamlFields.Read(fields.Need("budget"), "'budget'", Budget),
            Maturity = fields.Number("maturity", 0.01, 1) ?? 0.9,
            LabelsWithinDays = (int)(fields.Whole("labelsWithinDays", 1, 3650) ?? 60),
            SmallestRows = rows,
            SmallestEvents = events,
            FirstDays = fields.Find("reference") is YamlNode reference
                ? YamlFields.Read(reference, "'reference'", part => (int)(part.Whole("firstDays", 1, 365) ?? throw part.Lacks("firstDays")))
                : null,
            Cohorts = Cohorts(fields),
            Windows = Windows(fields),
            Monitors = [],
        };
        return spec with { Monitors = Monitors(fields, spec) };
    }

    private static string Short(YamlFields fields, string key)
    {
        string text = fields.NeedText(key);
        return text.Length <= MaxNameLength
            ? text
            : throw YamlFaultException.At(fields.Need(key), $"'{key}' has at most {MaxNameLength} characters.");
    }

    private static FalseAlarmBudget Budget(YamlFields fields) => new(
        fields.Number("falseAlerts", 1e-6, 1e6) ?? throw fields.Lacks("falseAlerts"),
        fields.Word("per", [.. FalseAlarmBudget.Spans]) ?? "month");

    private static Dictionary<string, string> Cohorts(YamlFields fields)
    {
        Dictionary<string, string> cohorts = new(StringComparer.Ordinal);
        foreach ((YamlScalar name, string text) in fields.Named("cohorts") ?? [])
        {
            try
            {
                Cohort.Parse(text);
            }
            catch (InputException fault)
            {
                throw YamlFaultException.At(((YamlMap)fields.Need("cohorts")).Entries.First(entry => entry.Key == name).Value, fault.Message);
            }

            cohorts[name.Text] = text;
        }

        return cohorts;
    }

    private static Dictionary<string, WindowSpec> Windows(YamlFields fields)
    {
        Dictionary<string, WindowSpec> windows = YamlFields.Read(fields.Need("windows"), "'windows'", part => part.Entries.ToDictionary(
            entry => entry.Key.Text,
            entry => YamlFields.Read(part.Need(entry.Key.Text), $"the window '{entry.Key.Text}'", Window),
            StringComparer.Ordinal));
        return windows.Count > 0 ? windows : throw YamlFaultException.At(fields.Need("windows"), "'windows' is empty.");
    }

    private static WindowSpec Window(YamlFields fields)
    {
        string? every = fields.Word("every", "hour", "day", "week", "month");
        int? rows = (int?)fields.Whole("rows", 10, 100_000_000);
        int over = (int)(fields.Whole("over", 1, 366) ?? 1);
        double? looks = fields.Number("looks", 0.01, 1e6);
        if (every is null == rows is null)
        {
            throw YamlFaultException.At(fields.Place, "a window has 'every' (hour, day, week or month), or 'rows'.");
        }

        if (rows is not null)
        {
            return over == 1
                ? new WindowSpec(null, 1, rows, looks ?? throw fields.Lacks("looks"))
                : throw YamlFaultException.At(fields.Need("over"), "'over' pools periods of time; a window of rows has none.");
        }

        if (looks is not null)
        {
            throw YamlFaultException.At(fields.Need("looks"), "'looks' follows from 'every'; only a window of rows has it.");
        }

        WindowPeriod period = Enum.Parse<WindowPeriod>(every!, ignoreCase: true);
        return new WindowSpec(period, over, null, period switch
        {
            WindowPeriod.Hour => FalseAlarmBudget.DaysAMonth * 24,
            WindowPeriod.Day => FalseAlarmBudget.DaysAMonth,
            WindowPeriod.Week => FalseAlarmBudget.DaysAMonth / 7,
            _ => 1,
        });
    }

    private static MonitorTerms[] Monitors(YamlFields fields, MonitorSpec spec)
    {
        YamlNode list = fields.Need("monitors");
        HashSet<string> ids = new(StringComparer.Ordinal);
        MonitorTerms[] monitors = [.. fields.Parts("monitors", "a monitor", part =>
        {
            MonitorTerms terms = ReadMonitorTerms.Of(part, spec);
            return ids.Add(terms.Id) ? terms : throw YamlFaultException.At(part.Need("id"), $"there are two monitors '{terms.Id}'.");
        })!];
        return monitors.Length is > 0 and <= MostMonitors
            ? monitors
            : throw YamlFaultException.At(list, $"'monitors' holds 1 to {MostMonitors} monitors.");
    }
}
