"""How well the tutor remembers and reminds: measured on logs and on simulated learners."""
