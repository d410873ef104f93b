using Governance.Audit.Explanations;
using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Performance;

public sealed class OneVsOneAucTests
{
    [Fact]
    public void Each_pair_agrees_with_comparing_its_rows_one_by_one()
    {
        SeededRandom random = new(11, 0);
        const int Rows = 120;
        double[] score = [.. Enumerable.Range(0, Rows).Select(_ => Math.Round(random.NextDouble(), 1))];
        int[] label = [.. score.Select(_ => random.NextBelow(3))];
        double[] weight = [.. score.Select(_ => random.NextDouble())];
        double[] mass = [.. Enumerable.Range(0, 3).Select(k => label.Select((own, row) => own == k ? weight[row] : 0).Sum())];
        double[] areas = new double[3];

        OneVsOneAuc.Compute(RankOrder.Ascending(score), score, label, weight, 1, mass, areas);

        foreach (int other in (int[])[0, 2])
        {
            double wins = 0;
            for (int i = 0; i < Rows; i++)
            {
                for (int j = 0; j < Rows; j++)
                {
                    double win = score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
                    wins += label[i] == 1 && label[j] == other ? weight[i] * weight[j] * win : 0;
                }
            }

            Assert.Equal(wins / mass[1] / mass[other], areas[other], 1e-12);
        }

        Assert.True(double.IsNaN(areas[1]));
    }
}
