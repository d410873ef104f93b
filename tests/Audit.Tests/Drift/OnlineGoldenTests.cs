using Governance.Audit.Drift;
using Governance.Audit.Tests.MetricGoldens;

namespace Governance.Audit.Tests.Drift;

/// <summary>The detectors alarm at the samples at which river and scikit-multiflow do.</summary>
public sealed class OnlineGoldenTests : IChecksMetricRecords
{
    private const string File = "drift_online.json";

    public static bool Claims(MetricRecord record) => record.File == File && Detector(record) is not null;

    [SkippableFact]
    public void Every_alarm_comes_at_the_same_sample()
    {
        int compared = 0;
        Assert.All(MetricRecords.Of(File).Where(Claims), record =>
        {
            IOnlineDetector detector = Detector(record)!;
            double[] stream = GoldenColumns.Numbers(record.Dataset);
            List<int> alarms = [];
            List<int> warnings = [];
            for (int i = 0; i < stream.Length; i++)
            {
                if (detector.Add(stream[i]))
                {
                    alarms.Add(i);
                }

                if (detector is Ddm { Warns: true })
                {
                    warnings.Add(i);
                }
            }

            Assert.Equal(record.Value.GetProperty("drift").EnumerateArray().Select(index => index.GetInt32()), alarms);
            if (detector is Ddm)
            {
                Assert.Equal(record.Value.GetProperty("warning_count").GetInt32(), warnings.Count);
                Assert.Equal(record.Value.GetProperty("first_warnings").EnumerateArray().Select(index => index.GetInt32()), warnings.Take(10));
            }

            if (detector is Adwin window)
            {
                Assert.Equal(record.Value.GetProperty("width").GetDouble(), window.Width);
                Assert.Equal(record.Value.GetProperty("estimation").GetDouble(), window.Mean, 1e-12);
            }

            compared++;
        });
        Assert.True(compared >= 20, $"{compared} records compared");
    }

    private static IOnlineDetector? Detector(MetricRecord record) => record.Id.Split('/', 2)[1] switch
    {
        "river/ADWIN" => new Adwin(),
        "river/ADWIN_clock1" => new Adwin(clock: 1),
        "river/PageHinkley" or "skmultiflow/PageHinkley" => new PageHinkley(),
        "river/CUSUM" => new Cusum(),
        "river/DDM" or "skmultiflow/DDM" => new Ddm(),
        _ => null,
    };
}
