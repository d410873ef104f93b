using Governance.Audit.Variants.Distillation;

namespace Governance.Portal.Features.Variants;

/// <summary>One measure of a student.</summary>
/// <param name="Name">In words.</param>
/// <param name="Value">The measure.</param>
/// <param name="Interval">[low, high]; null where there is none.</param>
/// <param name="IsShare">Whether it is a share, shown in per cent.</param>
internal sealed record StudentLine(string Name, double? Value, IReadOnlyList<double>? Interval, bool IsShare);

/// <summary>What was measured of a student, in words. Pure.</summary>
internal static class StudentWords
{
    /// <summary>The measures in the order of reading.</summary>
    public static IEnumerable<StudentLine> Lines(StudentReport student)
    {
        if (student.Fidelity is not null)
        {
            yield return new StudentLine("Rows decided as the model does", student.Fidelity, student.FidelityInterval, true);
            yield return new StudentLine("The same of always saying the most frequent class", student.BaseRate, null, true);
        }

        yield return new StudentLine(student.Task == "value" ? "R² of its values" : "R² of its scores", student.R2, student.R2Interval, false);
        if (student.Truth is StudentTruth truth)
        {
            bool share = truth.Metric == "accuracy";
            string name = share ? "Accuracy" : "Root mean squared error";
            yield return new StudentLine($"{name} of the model", truth.Teacher, null, share);
            yield return new StudentLine($"{name} of the student", truth.Student, null, share);
            yield return new StudentLine("The student’s less the model’s", truth.Difference, truth.Interval, share);
        }
    }
}
