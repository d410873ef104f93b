using Governance.Audit.Cohorts;
using Governance.Registry.Yaml;

namespace Governance.Audit.Specs;

/// <summary>The part <c>data</c> of a spec.</summary>
internal sealed record ReadSpecData(SpecData Evaluation, SpecData? Background, int BackgroundRows, SpecData? Reference, SpecData? Current)
{
    /// <summary>Reads it.</summary>
    public static ReadSpecData Of(YamlFields fields)
    {
        SpecData evaluation = YamlFields.Read(fields.Need("evaluation"), "'evaluation'", Evaluated);
        int rows = 100;
        SpecData? background = fields.Part("background", part =>
        {
            rows = (int)(part.Whole("rows", 1, Runs.CheckOptions.MostBackgroundRows) ?? rows);
            return Source(part);
        });
        return new ReadSpecData(evaluation, background, rows, fields.Part("reference", Source), fields.Part("current", Source));
    }

    private static SpecData Evaluated(YamlFields fields)
    {
        SpecData data = Source(fields) with
        {
            Label = fields.Text("label"),
            Positive = fields.Text("positive"),
            Favourable = fields.Text("favourable"),
            Weight = fields.Text("weight"),
            Where = fields.Text("where"),
        };
        if (fields.Find("where") is YamlNode where)
        {
            ReadSpec.Checked(where, () => Cohort.Parse(data.Where!));
        }

        return data;
    }

    private static SpecData Source(YamlFields fields)
    {
        (string? file, string? dataset) = (fields.Text("file"), fields.Text("dataset"));
        return (file is null) == (dataset is null)
            ? throw YamlFaultException.At(fields.Place, "data is given by 'file', or by 'dataset', the name of a registered data set.")
            : new SpecData(file, dataset);
    }
}
