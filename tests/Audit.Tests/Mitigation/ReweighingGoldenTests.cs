using System.Globalization;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Mitigation;
using Governance.Audit.Tests.MetricGoldens;
using Governance.Tests;

namespace Governance.Audit.Tests.Mitigation;

/// <summary>Each record of AIF360's Reweighing, to 1e-9. Its factor of an empty cell (infinite, or NaN) is undefined here.</summary>
public sealed class ReweighingGoldenTests : IChecksMetricRecords
{
    private const double Close = 1e-9;
    private const string File = "fairness_aif360.json";
    private const string Column = "group_c"; // the goldens' code of a group: A 0, B 1, …

    public static bool Claims(MetricRecord record) => record is { File: File, Function: "Reweighing.fit_transform" };

    public static TheoryData<string> Records => Reference.Folder is null ? [""] : [.. MetricRecords.Of(File).Where(Claims).Select(record => record.Id)];

    [SkippableTheory]
    [MemberData(nameof(Records))]
    public void Weighs_the_rows_of_the_record(string id)
    {
        MetricRecord record = MetricRecords.Of(File).First(record => record.Id == id);
        Table table = MitigationInput.Read(record.Dataset);
        sbyte[] labels = MitigationInput.Labels(table);
        double[] weights = record.Params.GetProperty("weighted").GetBoolean() ? MitigationInput.Numbers(table, "weight") : [];
        int privileged = Code(record.Params.GetProperty("privileged"));
        int unprivileged = Code(record.Params.GetProperty("unprivileged"));
        int[] groups = [.. Enumerable.Range(0, table.Rows).Select(row =>
            table.Need("group").Text(row)![0] - 'A' is var code && code == privileged ? 0 : code == unprivileged ? 1 : -1)];
        double[] factors = new double[4];

        ReweighRows.Factors(labels, groups, weights, factors);
        double[] after = ReweighRows.Apply(labels, groups, weights, factors);

        Check("w_p_fav", factors[1]);
        Check("w_p_unfav", factors[0]);
        Check("w_up_fav", factors[3]);
        Check("w_up_unfav", factors[2]);
        Check("sum_before", weights.Length == 0 ? labels.Length : weights.Sum());
        Check("sum_after", after.Sum());
        double[] rates = [Rate(0), Rate(1)];
        Check("spd_after", rates[1] - rates[0]);
        Check("di_after", rates[0] == 0 ? double.NaN : rates[1] / rates[0]);
        int at = 0;
        foreach (JsonElement weight in record.Value.GetProperty("first20").EnumerateArray())
        {
            Assert.Equal(weight.GetDouble(), after[at], Close);
            at++;
        }

        void Check(string name, double value)
        {
            JsonElement expected = record.Value.GetProperty(name);
            if (expected.ValueKind == JsonValueKind.String)
            {
                Assert.False(double.IsFinite(double.Parse(expected.GetString()!, CultureInfo.InvariantCulture)));
                Assert.True(double.IsNaN(value), name);
            }
            else
            {
                Assert.Equal(expected.GetDouble(), value, Close);
            }
        }

        double Rate(int group)
        {
            int[] own = [.. Enumerable.Range(0, groups.Length).Where(row => groups[row] == group)];
            return own.Where(row => labels[row] == 1).Sum(row => after[row]) / own.Sum(row => after[row]);
        }
    }

    private static int Code(JsonElement conditions) => conditions[0].GetProperty(Column).GetInt32();
}
