using Governance.Audit.Training.Students;
using Governance.Audit.Variants;
using Governance.Audit.Variants.Distillation;
using Xunit.Abstractions;

namespace Governance.Audit.Tests.Variants;

/// <summary>Students of real models of the reference folder: how faithful they are on rows that neither they nor the teacher learned from.</summary>
public sealed class ReferenceStudentTests(ITestOutputHelper log)
{
    [SkippableTheory]
    [InlineData("hmda_gbt", StudentFamily.Logistic, 0.94)]
    [InlineData("hmda_gbt", StudentFamily.Tree, 0.93)]
    [InlineData("hmda_gbt", StudentFamily.Trees, 0.95)]
    [InlineData("hmda_gbt", StudentFamily.Network, 0.94)]
    [InlineData("hmda_extracted_copy", StudentFamily.Trees, 0.95)]
    [InlineData("german_credit_mlp", StudentFamily.Logistic, 0.80)]
    [InlineData("digits_rf", StudentFamily.Trees, 0.85)]
    public void A_student_decides_most_rows_as_its_teacher(string name, StudentFamily family, double least)
    {
        using ReferenceModel model = new(name);

        MadeVariant made = MakeVariant.Run(
            model.File, new VariantRecipe { Kind = VariantKind.Distil, Student = family, Seed = 1, Redraw = name == "digits_rf" ? 0 : 1 }, model.Training, null, default);

        StudentReport student = made.Student!;
        log.WriteLine(
            $"{name}, {family}: fidelity {student.Fidelity:0.000} [{student.FidelityInterval![0]:0.000}, {student.FidelityInterval[1]:0.000}] (base rate {student.BaseRate:0.000}), R² {student.R2:0.000}, "
            + $"accuracy {student.Truth!.Teacher:0.000} to {student.Truth.Student:0.000} [{student.Truth.Interval![0]:0.000}, {student.Truth.Interval[1]:0.000}], "
            + $"on test rows alike {model.Agreement(made.Model):0.000}, accuracy {model.Accuracy(model.File):0.000} to {model.Accuracy(made.Model):0.000}, file {made.Summary.File.Ratio:0.000}");
        Assert.InRange(model.Agreement(made.Model), least, 1);
        Assert.True(student.Fidelity > student.BaseRate);
        Assert.InRange(student.Fidelity!.Value, student.FidelityInterval[0], student.FidelityInterval[1]);
        Assert.InRange(model.Accuracy(made.Model), model.Accuracy(model.File) - 0.1, 1);
    }

    [SkippableFact]
    public void A_student_of_values_follows_them()
    {
        using ReferenceModel model = new("attrition_income_rf");

        MadeVariant made = MakeVariant.Run(model.File, new VariantRecipe { Kind = VariantKind.Distil, Student = StudentFamily.Trees, Seed = 1 }, model.Training, null, default);

        StudentReport student = made.Student!;
        log.WriteLine($"R² {student.R2:0.000} [{student.R2Interval![0]:0.000}, {student.R2Interval[1]:0.000}], error {student.Truth!.Teacher:0} to {student.Truth.Student:0}");
        Assert.Equal(("value", "root_mean_squared_error"), (student.Task, student.Truth.Metric));
        Assert.Null(student.Fidelity);
        Assert.InRange(student.R2!.Value, 0.85, 1);
        Assert.InRange(made.Summary.File.Ratio!.Value, 0, 0.3);
    }
}
