using Governance.Audit.Cohorts;
using Governance.Audit.Runs;
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
            rows = (int)(part.Whole("rows", 1, CheckOptions.MostBackgroundRows) ?? rows);
            return Source(part);
        });
        return new ReadSpecData(evaluation, background, rows, fields.Part("reference", Source), fields.Part("current", Live));
    }

    private static SpecData Evaluated(YamlFields fields)
    {
        SpecData data = Live(fields) with
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

    private static SpecData Live(YamlFields fields)
    {
        if (fields.Text("deployment") is not string deployment)
        {
            return Source(fields);
        }

        return fields.Text("file") is not null || fields.Text("dataset") is not null
            ? throw YamlFaultException.At(fields.Place, "data is given by 'file', 'dataset' or 'deployment': one of them.")
            : !Guid.TryParse(deployment, out Guid id)
            ? throw YamlFaultException.At(fields.Need("deployment"), "a deployment is named by its id, as on its page.")
            : new SpecData(null, null) { Traffic = new TrafficDays(id, (int)(fields.Whole("days", 1, TrafficDays.Most) ?? 30)) };
    }

    private static SpecData Source(YamlFields fields)
    {
        (string? file, string? dataset) = (fields.Text("file"), fields.Text("dataset"));
        return (file is null) == (dataset is null)
            ? throw YamlFaultException.At(fields.Place, "data is given by 'file', or by 'dataset', the name of a registered data set.")
            : new SpecData(file, dataset);
    }
}
