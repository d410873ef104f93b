using Governance.Audit.Training;
using Governance.Audit.Training.Trees;

namespace Governance.Audit.Tests.Training;

public sealed class ClassWeightsTests
{
    [Fact]
    public void Balanced_classes_have_the_same_total_and_all_rows_the_total_that_they_had()
    {
        TrainingRows rows = new(["x"], [1, 2, 3, 4, 5, 6], [1, 1, 2, 1, 3, 2]);
        double[] classes = [0, 0, 0, 0, 1, 2];

        TrainingRows balanced = ClassWeights.Apply(rows, classes, ClassWeights.Balanced(rows, classes, 3));

        Assert.Equal([10 / 3.0, 10 / 3.0, 10 / 3.0], Enumerable.Range(0, 3).Select(k => classes.Zip(balanced.Weights).Where(pair => pair.First == k).Sum(pair => pair.Second)), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(rows.Weights.Sum(), balanced.Weights.Sum(), 1e-12);
    }

    [Fact]
    public void A_class_without_rows_gets_none()
    {
        TrainingRows rows = new(["x"], [1, 2]);

        Assert.Equal([1, 0, 1], ClassWeights.Balanced(rows, [0, 2], 3));
        Assert.Throws<ArgumentException>(() => ClassWeights.Balanced(rows, [0, 3], 3));
    }

    // Whoever is weighted twice is as good as there twice.
    [Fact]
    public void Weighted_rows_teach_trees_and_regressions_as_repeated_rows_do()
    {
        (TrainingRows rows, double[] denied) = HmdaRows.Read("validation");
        int[] repeated = [.. Enumerable.Range(0, rows.Count).SelectMany(row => Enumerable.Repeat(row, denied[row] == 1 ? 3 : 1))];
        double[] again = [.. repeated.Select(row => denied[row])];
        TrainingRows weighted = ClassWeights.Apply(rows, denied, [1, 3]);
        BoostedTreesOptions options = new() { Task = TreesTask.Binary, MostDepth = 2, Rounds = 1, Bins = 16, LeastRows = 1, Seed = 1 };

        LogisticModel one = FitLogistic.Run(weighted, denied, 1);
        LogisticModel other = FitLogistic.Run(rows.Take(repeated), again, 1);
        TreesModel tree = FitTrees.Run(weighted, denied, options, default);

        Assert.All(one.Coefficients.Zip(other.Coefficients), pair => Assert.Equal(pair.Second, pair.First, 1e-8));
        Assert.Equal(Math.Log(again.Sum() / (again.Length - again.Sum())), tree.Base[0], 1e-6);
    }
}
