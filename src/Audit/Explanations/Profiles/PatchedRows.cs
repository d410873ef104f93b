using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Profiles;

/// <summary>Writes rows of the data with one or two columns set to points of their axes.</summary>
/// <param name="rows">The rows of the data, encoded.</param>
/// <param name="axes">One axis or two.</param>
public sealed class PatchedRows(InputBatch rows, IReadOnlyList<ProfileAxis> axes)
{
    /// <summary>Bytes a row.</summary>
    public int Bytes { get; } = MaskedBackground.RowBytes(rows);

    /// <summary>Writes rows.</summary>
    /// <param name="jobs">Which row with which points.</param>
    /// <param name="start">The first job.</param>
    /// <param name="count">How many.</param>
    public InputBatch Make(IReadOnlyList<PatchedRow> jobs, int start, int count)
    {
        Span<int> taken = count <= 1024 ? stackalloc int[count] : new int[count];
        for (int i = 0; i < count; i++)
        {
            taken[i] = jobs[start + i].Row;
        }

        InputBatch made = rows.Take(taken);
        for (int axis = 0; axis < axes.Count; axis++)
        {
            foreach (PlayerElement element in axes[axis].Column.Elements)
            {
                InputTensor from = axes[axis].Encoded.Tensors[element.Tensor];
                InputTensor to = made.Tensors[element.Tensor];
                for (int i = 0; i < count; i++)
                {
                    PatchedRow job = jobs[start + i];
                    int point = axis == 0 ? job.First : job.Second;
                    Array.Copy(from.Values, (point * from.Width) + element.Offset, to.Values, (i * to.Width) + element.Offset, 1);
                }
            }
        }

        return made;
    }
}

/// <summary>A row of the data with columns set to points.</summary>
/// <param name="Row">The row.</param>
/// <param name="First">The point of the first axis.</param>
/// <param name="Second">The point of the second axis; not used where there is one.</param>
public readonly record struct PatchedRow(int Row, int First, int Second = 0);
