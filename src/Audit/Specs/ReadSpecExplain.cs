using Governance.Audit.Cohorts;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Runs;
using Governance.Registry.Yaml;

namespace Governance.Audit.Specs;

/// <summary>Reads what a spec says under <c>explain</c>.</summary>
internal static class ReadSpecExplain
{
    /// <summary>Reads the part.</summary>
    public static ExplanationOptions Of(YamlFields fields)
    {
        string method = fields.Text("method") ?? ExplanationMethods.Auto;
        if (fields.Find("method") is YamlNode node)
        {
            ReadSpec.Checked(node, () => ExplanationMethods.CheckedAdditive(method));
        }

        ExplanationOptions asked = new()
        {
            Method = method,
            Rows = (int)(fields.Whole("rows", 0, CheckOptions.MostRows) ?? 50),
            Samples = (int)(fields.Whole("samples", 2, CheckOptions.MostSamples) ?? 2048),
            Class = fields.Text("class"),
            Link = fields.Word("link", "identity", "logit") ?? "identity",
            Reference = fields.Text("reference"),
            Players = fields.Text("players"),
            Where = fields.Text("where"),
            UntilWidth = fields.Number("untilWidth", double.Epsilon, double.MaxValue),
            Steps = (int?)fields.Whole("steps", ExplanationMethods.LeastSteps, ExplanationMethods.MostSteps),
        };
        if (fields.Find("steps") is YamlNode steps && !ExplanationMethods.Paths.Contains(method))
        {
            throw YamlFaultException.At(steps, $"'steps' belongs to the methods {string.Join(", ", ExplanationMethods.Paths)}.");
        }

        if (fields.Find("players") is YamlNode players)
        {
            ReadSpec.Checked(players, () => PlayerSpec.Parse(asked.Players));
        }

        if (fields.Find("where") is YamlNode where)
        {
            ReadSpec.Checked(where, () => Cohort.Parse(asked.Where!));
        }

        return asked;
    }
}
