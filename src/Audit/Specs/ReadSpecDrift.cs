using Governance.Audit.Data;
using Governance.Audit.Drift;
using Governance.Registry.Yaml;

namespace Governance.Audit.Specs;

/// <summary>The part <c>drift</c> of a spec.</summary>
internal static class ReadSpecDrift
{
    /// <summary>Reads it.</summary>
    public static DriftOptions Of(YamlFields fields) => new()
    {
        Columns = fields.Find("columns") is null or YamlScalar { Text: "all" } ? null : fields.Texts("columns"),
        Test = fields.Word("test", [.. DriftTests.Words]) ?? "auto",
        Correction = fields.Word("correction", "bh", "holm", "none") ?? "bh",
        Alpha = fields.Share("alpha") ?? 0.05,
        Threshold = fields.Number("threshold", 0, 1e300),
        Bins = Bins(fields),
        Sigma = fields.Number("sigma", 1e-300, 1e300),
        Kinds = fields.Part("kinds", Kinds),
        Seed = (int)(fields.Whole("seed", 0, int.MaxValue) ?? 0),
        Histograms = true,
    };

    private static string? Bins(YamlFields fields)
    {
        string? text = fields.Text("bins");
        try
        {
            _ = BinRule.Parse(text);
            return text;
        }
        catch (ArgumentException fault)
        {
            throw YamlFaultException.At(fields.Need("bins"), fault.Message.Split(" (Parameter", 2)[0]);
        }
    }

    private static Dictionary<string, string> Kinds(YamlFields fields)
    {
        Dictionary<string, string> kinds = new(StringComparer.Ordinal);
        foreach ((YamlScalar key, _) in fields.Entries)
        {
            string word = fields.NeedText(key.Text);
            try
            {
                _ = DriftKinds.Parse(word);
            }
            catch (InputException fault)
            {
                throw YamlFaultException.At(fields.Need(key.Text), fault.Message);
            }

            kinds[key.Text] = word;
        }

        return kinds;
    }
}
