namespace Governance.Audit.Explanations.Players;

/// <summary>Makes regions of one piece each: a piece that is too small joins the region before it.</summary>
internal static class ConnectRegions
{
    /// <summary>Numbers connected pieces anew, in the order in which they first come.</summary>
    /// <param name="labels">Shape [height × width]: the regions as they were found, perhaps in pieces.</param>
    /// <param name="height">At least 1.</param>
    /// <param name="width">At least 1.</param>
    /// <param name="least">A piece of fewer pixels joins a neighbour, where it has one that came before.</param>
    public static int[] Of(ReadOnlySpan<int> labels, int height, int width, int least)
    {
        int[] connected = new int[labels.Length];
        Array.Fill(connected, -1);
        Queue<int> edge = [];
        List<int> piece = [];
        int next = 0;
        for (int start = 0; start < labels.Length; start++)
        {
            if (connected[start] >= 0)
            {
                continue;
            }

            int before = -1;
            piece.Clear();
            connected[start] = next;
            edge.Enqueue(start);
            while (edge.TryDequeue(out int at))
            {
                piece.Add(at);
                foreach (int near in Around(at, height, width))
                {
                    if (connected[near] < 0 && labels[near] == labels[start])
                    {
                        connected[near] = next;
                        edge.Enqueue(near);
                    }
                    else if (connected[near] >= 0 && connected[near] != next)
                    {
                        before = connected[near];
                    }
                }
            }

            if (piece.Count < least && before >= 0)
            {
                piece.ForEach(at => connected[at] = before);
            }
            else
            {
                next++;
            }
        }

        return connected;
    }

    private static IEnumerable<int> Around(int at, int height, int width)
    {
        (int y, int x) = (at / width, at % width);
        if (x > 0)
        {
            yield return at - 1;
        }

        if (y > 0)
        {
            yield return at - width;
        }

        if (x < width - 1)
        {
            yield return at + 1;
        }

        if (y < height - 1)
        {
            yield return at + width;
        }
    }
}
